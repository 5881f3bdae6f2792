import { define } from '../shared/define.js';
import { DefectLessonStep } from './step.component.js';

define('defect-lesson-step', DefectLessonStep);

declare global {
  interface HTMLElementTagNameMap {
    'defect-lesson-step': DefectLessonStep;
  }
}

export { DefectLessonStep };
