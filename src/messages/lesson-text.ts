/** What is doubtful about a lesson, in the language in use. It is loaded with teaching. */
export { lessonDoubts } from './en/lesson.js';
