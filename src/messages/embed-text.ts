/** What a page and the inspector in its frame say about their connection, in the language in use. */
export { embed as text } from './en/embed.js';
