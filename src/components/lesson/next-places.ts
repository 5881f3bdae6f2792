import { define } from '../shared/define.js';
import { DefectNextPlaces } from './next-places.component.js';

define('defect-next-places', DefectNextPlaces);

declare global {
  interface HTMLElementTagNameMap {
    'defect-next-places': DefectNextPlaces;
  }
}

export { DefectNextPlaces };
