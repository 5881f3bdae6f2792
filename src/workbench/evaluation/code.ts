/** All of the evaluation that is fetched when somebody first asks for it, besides its views. */
export { joined, lookInto, lookThrough, photosIn } from '../intake/annotated.js';
export { EvaluationSession } from './session.js';
