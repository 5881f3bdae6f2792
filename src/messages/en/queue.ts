/** The list of photos. */
import { count } from './numbers.js';
import { outcome, photos, type Outcome } from './photos.js';
import { results } from './results.js';

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly isPaused: boolean;
  /** Milliseconds; absent where that isn't known or not worth saying. */
  readonly timeLeft?: number | undefined;
}

export interface Named {
  readonly name: string;
}

export const queue = {
  title: ({ photos }: { readonly photos: number }) => count(photos, 'photo'),
  list: 'Photos',
  add: 'Add photos',
  pause: 'Pause',
  resume: 'Resume',

  inspected: 'Photos inspected',
  /** `3 of 7 · 25 s left`. */
  progress: ({ done, total, isPaused, timeLeft }: Progress): string => {
    const so = `${done} of ${total}`;
    if (isPaused) return `${so} · paused`;
    return timeLeft === undefined ? so : `${so} · ${photos.timeLeft(timeLeft)}`;
  },
  /** When nothing waits or runs any more. */
  settled: (ended: Outcome) => (ended.failed + ended.cancelled === 0 ? 'All done' : outcome(ended)),
  cancelAll: 'Cancel all',
  retryFailed: ({ photos }: { readonly photos: number }) => `Retry ${photos} failed`,
  retryCancelled: ({ photos }: { readonly photos: number }) => `Inspect ${photos} cancelled`,
  removeShown: 'Remove this photo',
  removeChosen: ({ photos }: { readonly photos: number }) => `Remove ${count(photos, 'photo')}`,
  clear: 'Clear the list',
  /** Of the menu with all that can be done with the photos. */
  more: 'All photos',

  states: {
    waiting: 'Waiting',
    running: 'Inspecting',
    done: 'Done',
    failed: 'Failed',
    cancelled: 'Cancelled',
  },
  /** In place of the state. */
  tiles: results.ofTiles,
  inPart: 'Seen in part',
  unmasked: 'Mask missing',
  otherwise: 'Another setting',
  defects: ({ defects }: { readonly defects: number }) => `${count(defects, 'defect')} above the threshold`,
  cancel: 'Cancel',
  cancelPhoto: ({ name }: Named) => `Cancel ${name}`,
  remove: 'Remove',
  removePhoto: ({ name }: Named) => `Remove ${name}`,

  /** What a lesson says of a photo. */
  good: 'Good',
  marks: ({ marks }: { readonly marks: number }) => count(marks, 'mark'),
  untaught: 'Neither good nor marked yet',
  /** Of one of several that are chosen together. */
  chosenPhoto: 'Selected',
  chosen: ({ photos }: { readonly photos: number }) => `${photos} selected`,
  areGood: 'These are good',
  order: 'Order of the photos',
  orders: { arrival: 'As they were added', worst: 'Worst first' },
  retry: 'Retry',
  retryPhoto: ({ name }: Named) => `Retry ${name}`,
};
