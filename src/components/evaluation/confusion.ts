import { define } from '../shared/define.js';
import { DefectConfusion } from './confusion.component.js';

define('defect-confusion', DefectConfusion);

declare global {
  interface HTMLElementTagNameMap {
    'defect-confusion': DefectConfusion;
  }
}

export { DefectConfusion };
