import { define } from '../shared/define.js';
import { DefectUsage } from './usage.component.js';

define('defect-usage', DefectUsage);

declare global {
  interface HTMLElementTagNameMap {
    'defect-usage': DefectUsage;
  }
}

export { DefectUsage };
