/** The texts of marking, in the language in use. They are loaded with it. */
export { marking as text } from './en/marking.js';
