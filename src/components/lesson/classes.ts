import { define } from '../shared/define.js';
import { DefectLessonClasses } from './classes.component.js';

define('defect-lesson-classes', DefectLessonClasses);

declare global {
  interface HTMLElementTagNameMap {
    'defect-lesson-classes': DefectLessonClasses;
  }
}

export { DefectLessonClasses };
