/** The texts of teaching in the language in use. They are loaded with it. */
export { lessonPanel as text, lessonSteps, walkSteps } from './en/lesson-panel.js';
