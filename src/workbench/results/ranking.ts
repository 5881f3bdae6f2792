/** Photos with the worst first. */
import type { PhotoEntry } from '../batch/photo-batch.js';

export type PhotoOrder = 'arrival' | 'worst';

export const PHOTO_ORDERS: readonly PhotoOrder[] = ['worst', 'arrival'];

/** Their ids, by the highest score of what was found on each; those that were not inspected are the last, and what is alike stays in order. */
export function rankPhotos(photos: readonly PhotoEntry[]): readonly number[] {
  const worst = ({ output }: PhotoEntry) =>
    output ? output.detections.reduce((most, { score }) => Math.max(most, score), 0) : -1;
  return photos
    .map((entry) => ({ id: entry.id, score: worst(entry) }))
    .sort((a, b) => b.score - a.score)
    .map(({ id }) => id);
}

/** In the order of a ranking; those that came after it was made follow it. */
export function inOrder(photos: readonly PhotoEntry[], ranking: readonly number[]): readonly PhotoEntry[] {
  const places = new Map(ranking.map((id, place) => [id, place]));
  const placeOf = ({ id }: PhotoEntry) => places.get(id) ?? Infinity;
  // Infinity - Infinity is no order.
  return [...photos].sort((a, b) => (placeOf(a) === placeOf(b) ? 0 : placeOf(a) - placeOf(b)));
}
