import { define } from '../shared/define.js';
import { DefectMenu } from './menu.component.js';

define('defect-menu', DefectMenu);

declare global {
  interface HTMLElementTagNameMap {
    'defect-menu': DefectMenu;
  }
}

export { DefectMenu };
