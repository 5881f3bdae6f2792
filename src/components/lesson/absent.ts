import { define } from '../shared/define.js';
import { DefectAbsentPhotos } from './absent.component.js';

define('defect-absent-photos', DefectAbsentPhotos);

declare global {
  interface HTMLElementTagNameMap {
    'defect-absent-photos': DefectAbsentPhotos;
  }
}

export { DefectAbsentPhotos };
