/**
 * What the interface says, in the language in use. What is loaded later has its texts beside this, so that they come with
 * it: `models-text.ts`.
 */
import { details } from './en/details.js';
import { loading } from './en/loading.js';
import { model } from './en/model.js';
import { duration, fileSize, list, pixels, score, size } from './en/numbers.js';
import { photos } from './en/photos.js';
import { results } from './en/results.js';
import { table } from './en/table.js';
import { threshold } from './en/threshold.js';
import { viewer } from './en/viewer.js';

export const text = { details, loading, model, photos, results, table, threshold, viewer };

/** How figures are written. */
export const write = { duration, fileSize, list, pixels, score, size };
