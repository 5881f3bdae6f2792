import { define } from '../shared/define.js';
import { DefectEditableName } from './editable-name.component.js';

define('defect-editable-name', DefectEditableName);

declare global {
  interface HTMLElementTagNameMap {
    'defect-editable-name': DefectEditableName;
  }
}

export { DefectEditableName };
