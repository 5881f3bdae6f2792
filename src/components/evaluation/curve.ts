import { define } from '../shared/define.js';
import { DefectCurve } from './curve.component.js';

define('defect-pr-curve', DefectCurve);

declare global {
  interface HTMLElementTagNameMap {
    'defect-pr-curve': DefectCurve;
  }
}

export { DefectCurve };
