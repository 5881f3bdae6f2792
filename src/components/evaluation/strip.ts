import { define } from '../shared/define.js';
import { DefectEvaluationStrip } from './strip.component.js';

define('defect-evaluation-strip', DefectEvaluationStrip);

declare global {
  interface HTMLElementTagNameMap {
    'defect-evaluation-strip': DefectEvaluationStrip;
  }
}

export { DefectEvaluationStrip };
