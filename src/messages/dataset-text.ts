/** What there is to say about annotated photos, in the language in use. */
export { datasets, type SizeCause } from './en/datasets.js';
