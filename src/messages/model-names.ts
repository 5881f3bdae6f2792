/** What models and classes are called whose file doesn't say it, in the language in use: the worker needs no other texts. */
export { modelNames as text } from './en/model-names.js';
