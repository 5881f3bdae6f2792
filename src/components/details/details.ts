import { define } from '../shared/define.js';
import { DefectDetails } from './details.component.js';

define('defect-details', DefectDetails);

declare global {
  interface HTMLElementTagNameMap {
    'defect-details': DefectDetails;
  }
}

export { DefectDetails };
