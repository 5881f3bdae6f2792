/** Which cells are learnt from: all that are marked, and some of those that are not. */
import { mulberry32, shuffled } from '../random.js';
import { cellsWithin, type CellGrid } from './cells.js';
import type { LessonPhoto } from './lesson.js';
import { BACKGROUND, labelsOf, MARKED } from './photo-rows.js';

/** Of the cells without a mark, a quarter tells about as much as all of them do (measured). */
export const BACKGROUND_SHARE = 1 / 4;
/** Of a photo that is turned, so many: from more, learning takes longer and finds no better. */
const MOST_BACKGROUND = 600;

/** Some of the places of a label, in rising order. */
export function drawPlaces(labels: Uint8Array, label: number, count: number, seed: number): number[] {
  const places = [...labels.keys()].filter((row) => labels[row] === label);
  if (count >= places.length) return places;
  return shuffled(places, mulberry32(seed))
    .slice(0, count)
    .sort((a, b) => a - b);
}

/**
 * Of the views that cover a turned photo, the cells that are worth keeping, in rising order.
 *
 * @param seed the same seed gives the same
 */
export function examplesOf(
  photo: { readonly views: readonly CellGrid[] } & Pick<LessonPhoto, 'marks'>,
  seed: number,
): Uint32Array[] {
  const labels = labelsOf(photo);
  const background = labels.reduce((count, label) => count + (label === BACKGROUND ? 1 : 0), 0);
  const wanted = Math.min(MOST_BACKGROUND, Math.ceil(background * BACKGROUND_SHARE));
  const kept = new Set(drawPlaces(labels, BACKGROUND, wanted, seed));
  let from = 0;
  return photo.views.map((view) => {
    const within = cellsWithin(view);
    const first = from;
    from += within.length;
    return within.filter((_, i) => labels[first + i] === MARKED || kept.has(first + i));
  });
}
