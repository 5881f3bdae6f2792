import { define } from '../shared/define.js';
import { DefectThreshold } from './threshold.component.js';

define('defect-threshold', DefectThreshold);

declare global {
  interface HTMLElementTagNameMap {
    'defect-threshold': DefectThreshold;
  }
}

export { DefectThreshold };
