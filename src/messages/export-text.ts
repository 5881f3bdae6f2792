/** What exported files say to a person, in the language in use. Their keys and column names are no language. */
export { exports as text } from './en/exports.js';
