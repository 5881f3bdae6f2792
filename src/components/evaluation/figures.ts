import { define } from '../shared/define.js';
import { DefectEvaluationFigures } from './figures.component.js';

define('defect-evaluation-figures', DefectEvaluationFigures);

declare global {
  interface HTMLElementTagNameMap {
    'defect-evaluation-figures': DefectEvaluationFigures;
  }
}

export { DefectEvaluationFigures };
