import { define } from '../shared/define.js';
import { DefectKeysDialog } from './keys-dialog.component.js';

define('defect-keys-dialog', DefectKeysDialog);

declare global {
  interface HTMLElementTagNameMap {
    'defect-keys-dialog': DefectKeysDialog;
  }
}

export { DefectKeysDialog };
