/** What learns and keeps lessons; loaded with teaching. */
export { LessonSession } from './session.js';
export { LessonWalk } from './walk.js';
