/** All of the evaluation that is fetched when somebody first asks for it, besides its views. */
export { mayBeDataset } from '../../datasets/may-be-dataset.js';
export { EvaluationSession } from './session.js';
