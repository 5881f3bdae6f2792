/** What becomes of the photo that is shown, in a few words. */
import { count } from './numbers.js';
import { results } from './results.js';

export const headlines = {
  'no-photo': 'No photo',
  waiting: 'Waiting',
  'waiting-paused': 'Waiting: paused',
  'waiting-for-model': 'Waiting for the model',
  'waiting-for-photos': ({ photos }: { readonly photos: number }) =>
    `Waiting: ${count(photos, 'photo')} before it`,
  inspecting: 'Inspecting',
  'not-inspected': 'Not inspected',
  cancelled: 'Cancelled',
  found: ({ defects }: { readonly defects: number }) => results.found(defects),
};
