/** The texts of the dialog of models, in the language in use. They are loaded with it. */
export { models as text } from './en/models.js';
