/** The one scale at which all photos of a lesson are seen, and those that are inspected by what was learnt. */
import { SEEN_SIDE } from '../pipeline/plan.js';
import type { Size } from '../rect.js';
import type { Region } from '../types.js';

/** Network pixels of a photo's short side, at least. */
const SHORT_SIDE = 320;
/** Of the marks' longer sides so many are smaller than the one that decides. */
const SMALL_SHARE = 0.1;
/** Cells of all photos together: 176 numbers each are 280 MB. */
const MAX_CELLS = 400_000;

export interface SizedPhoto extends Size {
  readonly marks: readonly { readonly region: Region }[];
}

/**
 * Network pixels per photo pixel: so many that photos have their short side, and nine tenths of the marks are long enough to be
 * seen; as far as the network enlarges photos, and memory allows.
 *
 * @param photos one at least
 * @param cell network pixels per side of a cell
 */
export function lessonScale(photos: readonly SizedPhoto[], maxUpscale: number, cell: number): number {
  const short = photos.map(({ width, height }) => Math.min(width, height)).sort((a, b) => a - b);
  const long = photos
    .flatMap(({ marks }) => marks.map(({ region }) => Math.max(region.width, region.height)))
    .sort((a, b) => a - b);
  const small = long[Math.floor(SMALL_SHARE * (long.length - 1))] ?? Infinity;
  const wanted = Math.max(SHORT_SIDE / short[short.length >> 1]!, SEEN_SIDE / small);
  const area = photos.reduce((sum, { width, height }) => sum + width * height, 0);
  return Math.min(maxUpscale, wanted, cell * Math.sqrt(MAX_CELLS / area));
}
