/** Names for what has none in the files of models and datasets, in the language in use. */
export { modelNames } from './en/model-names.js';
