/** Names for what has none in a model's file, in the language in use. */
export { modelNames } from './en/model-names.js';
