/** What the command line says, in the language in use. */
export { cli as text } from './en/cli.js';
