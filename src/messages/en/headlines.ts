/** What becomes of the photo that is shown, in a few words. */
import { count } from './numbers.js';
import { results, type Tiles } from './results.js';

export const headlines = {
  'no-photo': 'No photo',
  waiting: 'Waiting',
  'waiting-paused': 'Waiting: paused',
  'waiting-for-model': 'Waiting for the model',
  'waiting-for-photos': ({ photos }: { readonly photos: number }) =>
    `Waiting: ${count(photos, 'photo')} before it`,
  inspecting: 'Inspecting',
  'inspecting-tiles': ({ tiles, planned }: Tiles) => `Inspecting: ${results.ofTiles({ tiles, planned })}`,
  'not-inspected': 'Not inspected',
  cancelled: 'Cancelled',
  // What matters most comes first: there may be room for no more.
  'found-in-part': ({ defects, ...seen }: { readonly defects: number } & Tiles) =>
    `Seen in part (${results.ofTiles(seen)}): ${results.found(defects)}`,
  'found-without-masks': ({ defects }: { readonly defects: number }) => results.unmasked(defects),
  /** Of a part of the photo that was inspected alone. */
  'found-in-area': ({ defects }: { readonly defects: number }) => `In an area: ${results.found(defects)}`,
  found: ({ defects }: { readonly defects: number }) => results.found(defects),
};
