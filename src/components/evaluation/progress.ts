import { define } from '../shared/define.js';
import { DefectEvaluationProgress } from './progress.component.js';

define('defect-evaluation-progress', DefectEvaluationProgress);

declare global {
  interface HTMLElementTagNameMap {
    'defect-evaluation-progress': DefectEvaluationProgress;
  }
}

export { DefectEvaluationProgress };
