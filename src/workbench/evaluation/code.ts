/** All of the evaluation that is fetched when somebody first asks for it, besides its views. */
export { datasetIn, joinedIn, photosIn, sortedOut } from '../intake/annotated.js';
export { EvaluationSession } from './session.js';
