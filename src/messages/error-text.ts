/** What can go wrong, in the language in use. Workers and hosts without a page need it, too. */
export { errors } from './en/errors.js';
export type { Reason } from './en/errors.js';
export type { Download } from './en/errors-loading.js';
export type { MetadataValue, NotOnnx } from './en/errors-model.js';
