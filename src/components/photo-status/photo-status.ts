import { define } from '../shared/define.js';
import { DefectPhotoStatus } from './photo-status.component.js';

define('defect-photo-status', DefectPhotoStatus);

declare global {
  interface HTMLElementTagNameMap {
    'defect-photo-status': DefectPhotoStatus;
  }
}

export { DefectPhotoStatus };
