import { define } from '../shared/define.js';
import { DefectEvaluation } from './evaluation.component.js';
import './strip.js';

define('defect-evaluation', DefectEvaluation);

declare global {
  interface HTMLElementTagNameMap {
    'defect-evaluation': DefectEvaluation;
  }
}

export { DefectEvaluation };
// Fetched together: what they share would else travel with the page.
export * from '../../workbench/evaluation/code.js';
