import { define } from '../shared/define.js';
import { DefectWelcome } from './welcome.component.js';

define('defect-welcome', DefectWelcome);

declare global {
  interface HTMLElementTagNameMap {
    'defect-welcome': DefectWelcome;
  }
}

export { DefectWelcome };
