import { define } from '../shared/define.js';
import { DefectModelChanges } from './changes.component.js';

define('defect-model-changes', DefectModelChanges);

declare global {
  interface HTMLElementTagNameMap {
    'defect-model-changes': DefectModelChanges;
  }
}

export { DefectModelChanges };
