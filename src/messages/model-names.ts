/** Names for what has none in the files of models, datasets and lessons, in the language in use. */
export { modelNames } from './en/model-names.js';
