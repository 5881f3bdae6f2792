import { define } from '../shared/define.js';
import { DefectModelsDialog } from './models-dialog.component.js';

define('defect-models-dialog', DefectModelsDialog);

declare global {
  interface HTMLElementTagNameMap {
    'defect-models-dialog': DefectModelsDialog;
  }
}

export { DefectModelsDialog };
