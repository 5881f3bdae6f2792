import { define } from '../shared/define.js';
import { DefectCaseGallery } from './gallery.component.js';

define('defect-case-gallery', DefectCaseGallery);

declare global {
  interface HTMLElementTagNameMap {
    'defect-case-gallery': DefectCaseGallery;
  }
}

export { DefectCaseGallery };
