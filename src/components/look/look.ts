import { define } from '../shared/define.js';
import { DefectLook } from './look.component.js';

define('defect-look', DefectLook);

declare global {
  interface HTMLElementTagNameMap {
    'defect-look': DefectLook;
  }
}

export { DefectLook };
