/** What the workbench says about what somebody has done. */
import { count, pick } from './numbers.js';

export const workbench = {
  'photo-removed': ({ name }: { readonly name: string }) => `${name} was removed.`,
  'photos-removed': ({ photos }: { readonly photos: number }) =>
    `${count(photos, 'photo')} ${pick(photos, 'was', 'were')} removed.`,
  undo: 'Undo',
  undoAndRedo: 'Undo what was removed or changed, and do it again',
  keys: 'This list',
  pause: 'Pause',
  resume: 'Resume',
  paused: 'paused',
  'waiting-paused': 'Waiting: paused',
  undone: 'Undone.',
  redone: 'Done again.',
};
