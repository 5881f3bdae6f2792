/** The texts of the panel of usage, in the language in use. They are loaded with it. */
export { date, meanTime, usageTexts as text, weekday } from './en/usage.js';
