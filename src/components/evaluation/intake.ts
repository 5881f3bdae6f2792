import { define } from '../shared/define.js';
import { DefectEvaluationIntake } from './intake.component.js';

define('defect-evaluation-intake', DefectEvaluationIntake);

declare global {
  interface HTMLElementTagNameMap {
    'defect-evaluation-intake': DefectEvaluationIntake;
  }
}

export { DefectEvaluationIntake };
