import { define } from '../shared/define.js';
import { DefectEvaluation } from './evaluation.component.js';

define('defect-evaluation', DefectEvaluation);

declare global {
  interface HTMLElementTagNameMap {
    'defect-evaluation': DefectEvaluation;
  }
}

export { DefectEvaluation };
<<<<<<< HEAD
// What tells annotated photos from others, loaded with the rest.
export { datasetIn, photosIn } from '../../workbench/intake/annotated.js';
=======
>>>>>>> main
