/** The panel of what was done on this device. */
import { fixed } from './numbers.js';

/** Days are written as such, whatever the clock of the device. */
const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });
const weekdays = new Intl.DateTimeFormat('en', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

export const usageTexts = {
  title: 'Usage on this device',
  promise: 'These figures are kept in this browser only. Nothing is sent anywhere.',
  since: 'Since',
  photos: 'Photos inspected',
  nothing: 'Nothing was counted yet.',

  times: 'Time per photo',
  stage: 'Stage',
  mean: 'Mean',
  /** What happens to a photo, step by step. */
  stages: {
    decode: 'Decode the photo',
    resample: 'Scale to the network',
    infer: 'Run the network',
    post: 'Trace the outlines',
    total: 'Drop to result',
  },

  errors: 'Errors',
  code: 'Code',
  count: 'Count',
  noErrors: 'None.',

  days: ({ weeks }: { readonly weeks: number }) => `Photos per day, last ${weeks} weeks`,
  day: 'Day',
  photosOfDay: 'Photos',
  noDays: 'None.',

  csv: 'Export CSV',
  json: 'Export JSON',
  clear: 'Clear',
  close: 'Close',
  question: 'Delete all of these figures?',
  delete: 'Delete',
  keep: 'Keep',

  problems: {
    'not-stored': 'This browser keeps nothing for this page: the figures last until it is closed.',
    'not-cleared': 'The figures could not be deleted from this browser. Try again.',
  },
};

/** `May 6, 2031`, of `2031-05-06`. */
export const date = (day: string): string => dates.format(new Date(day));

/** `Tue, May 6`, of `2031-05-06`. */
export const weekday = (day: string): string => weekdays.format(new Date(day));

/** A mean of milliseconds; `–` where there is nothing to take it of. */
export const meanTime = (sum: number, photos: number): string =>
  photos > 0 ? `${fixed(sum / photos, 0)} ms` : '–';
