import { define } from '../shared/define.js';
import { DefectHintsForm } from './hints-form.component.js';

define('defect-hints-form', DefectHintsForm);

declare global {
  interface HTMLElementTagNameMap {
    'defect-hints-form': DefectHintsForm;
  }
}

export { DefectHintsForm };
