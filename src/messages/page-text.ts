/** The texts of the page around the element, in the language in use. */
export { page as text } from './en/page.js';
