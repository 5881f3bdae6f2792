import { define } from '../shared/define.js';
import { DefectClassMapping } from './mapping.component.js';

define('defect-class-mapping', DefectClassMapping);

declare global {
  interface HTMLElementTagNameMap {
    'defect-class-mapping': DefectClassMapping;
  }
}

export { DefectClassMapping };
