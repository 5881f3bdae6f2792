import { define } from '../shared/define.js';
import { DefectLesson } from './lesson.component.js';

define('defect-lesson', DefectLesson);

declare global {
  interface HTMLElementTagNameMap {
    'defect-lesson': DefectLesson;
  }
}

export { DefectLesson };
// Fetched together: what they share would else travel with the page.
export * from '../../workbench/lessons/code.js';
