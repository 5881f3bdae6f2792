/**
 * What the interface says, in the language in use. What is loaded later has its texts beside this, so that they come with
 * it: `models-text.ts`.
 */
import { loading } from './en/loading.js';
import { model } from './en/model.js';
import { duration, fileSize, score } from './en/numbers.js';
import { photos } from './en/photos.js';
import { results } from './en/results.js';

export const text = { loading, model, photos, results };

/** How figures are written. */
export const write = { duration, fileSize, score };
