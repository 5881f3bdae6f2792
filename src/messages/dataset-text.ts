/** What there is to say about annotated photos, in the language in use. */
export { datasets } from './en/datasets.js';
