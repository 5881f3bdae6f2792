/** Read out to those who can't see what has changed. */
import { say, type Message } from '../message.js';
import { errors, type Reason } from './errors.js';
import { headlines } from './headlines.js';
import { count, score, size } from './numbers.js';
import { outcome, type Outcome } from './photos.js';
import { results } from './results.js';

export interface Shown {
  readonly name: string;
  readonly place: number;
  readonly photos: number;
  readonly headline: Message<typeof headlines>;
}

export interface Selected {
  readonly place: number;
  readonly defects: number;
  readonly className: string;
  readonly score: number;
  readonly width: number;
  readonly height: number;
}

export interface LessonFigures {
  readonly marked: number;
  readonly found: number;
  readonly good: number;
  readonly falseAlarms: number;
}

export interface Chosen {
  readonly threshold: number | 'auto';
  readonly defects: number | undefined;
}

export const announcements = {
  'looking-through': ({ name }: { readonly name: string }) => `Looking through ${name}`,
  error: ({ error }: { readonly error: Reason }) => say(errors, error),
  'photo-failed': ({ name, error }: { readonly name: string; readonly error: Reason }) =>
    `${name}: ${say(errors, error)}`,
  'photo-done': ({ name, defects }: { readonly name: string; readonly defects: number }) =>
    `${name}: ${results.found(defects)}`,
  /** Of a photo that ended before all of it was seen. */
  'photo-ended': ({ name, headline }: Pick<Shown, 'name' | 'headline'>) =>
    `${name}: ${say(headlines, headline)}`,
  'all-settled': ({ done, failed, cancelled }: Outcome) =>
    failed + cancelled === 0
      ? `All ${count(done, 'photo')} are done.`
      : `${count(done + failed + cancelled, 'photo')}: ${outcome({ done, failed, cancelled })}.`,
  /** A photo that somebody has turned to: `part.png, 2 of 12: 3 defects`. */
  'photo-shown': ({ name, place, photos, headline }: Shown) =>
    `${name}, ${place} of ${photos}: ${say(headlines, headline)}`,
  /** `Defect 2 of 5: crack, score 0.55, 30 × 30 px`. */
  'defect-selected': ({ place, defects, className, ...one }: Selected) =>
    `Defect ${place} of ${defects}: ${className}, score ${score(one.score)}, ${size(one)}`,
  /** `Threshold 0.45 for all classes: 2 defects`. `defects` is undefined where there is no result. */
  threshold: ({ threshold, defects }: Chosen) => {
    const now =
      threshold === 'auto' ? 'Automatic thresholds' : `Threshold ${score(threshold)} for all classes`;
    return defects === undefined ? now : `${now}: ${results.found(defects)}`;
  },
  'draw-area':
    'Draw a rectangle on the photo to inspect it. The key I inspects what is in view, Escape ends this.',
  'draw-smallest': 'Draw a rectangle around the smallest defect that matters. Escape ends this.',
  'lesson-class-chosen': ({ name }: { readonly name: string }) => `Marking ${name}.`,
  'lesson-marks': ({ marks }: { readonly marks: number }) =>
    marks === 0 ? 'Nothing is marked in this photo.' : `${count(marks, 'mark')} in this photo.`,
  'lesson-good': ({ photos, isGood }: { readonly photos: number; readonly isGood: boolean }) =>
    `${count(photos, 'photo')} ${isGood ? 'called good' : 'no longer called good'}.`,
  'photos-chosen': ({ photos }: { readonly photos: number }) =>
    photos === 0 ? 'No photos selected.' : `${count(photos, 'photo')} selected.`,
  'lesson-saved': ({ name }: { readonly name: string }) => `${name} is saved on this device.`,
  /** Counts of photos that were left out while it was learnt, and of regions on good ones. */
  'lesson-learnt': ({ marked, found, good, falseAlarms }: LessonFigures) =>
    `Learnt: ${[
      ...(marked > 0 ? [`found in ${found} of ${count(marked, 'marked photo')}`] : []),
      `${count(falseAlarms, 'false alarm')} in ${count(good, 'good photo')}`,
    ].join(', ')}.`,
  reported: ({ defects }: { readonly defects: number }) => results.found(defects),
  undone: 'Undone.',
  redone: 'Done again.',
};
