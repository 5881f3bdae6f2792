/** Read out to those who can't see what has changed. */
import { say } from '../message.js';
import { errors, type Reason } from './errors.js';
import { count } from './numbers.js';
import { results } from './results.js';

export const announcements = {
  error: ({ error }: { readonly error: Reason }) => say(errors, error),
  'photo-failed': ({ name, error }: { readonly name: string; readonly error: Reason }) =>
    `${name}: ${say(errors, error)}`,
  'photo-done': ({ name, defects }: { readonly name: string; readonly defects: number }) =>
    `${name}: ${results.found(defects)}`,
  'all-done': ({ photos }: { readonly photos: number }) => `All ${count(photos, 'photo')} are done.`,
  undone: 'Undone.',
  redone: 'Done again.',
};
