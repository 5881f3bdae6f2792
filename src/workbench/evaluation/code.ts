/** All of the evaluation that is fetched when somebody first asks for it; its views are fetched by whoever shows them. */
export { datasetIn, photosIn } from '../intake/annotated.js';
export { EvaluationSession } from './session.js';
