/** The texts of index.html and its manifest, in the language in use. They are filled in when the page is built. */
export { indexHtml as text } from './en/index-html.js';
