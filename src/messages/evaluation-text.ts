/** The evaluation's texts in the language in use. They are loaded with it, which is why they lie beside the others. */
export { anyDefect, evaluation as text, figures as write } from './en/evaluation.js';
