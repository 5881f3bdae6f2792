/** What stands above everything else, one at a time. */
import { say } from '../message.js';
import { errors, type Reason } from './errors.js';
import { count, either, fileSize, grouped, pick } from './numbers.js';

/** A setting of the page's address, or of an attribute, that nobody can make sense of; the default is used. */
export interface NotUnderstood {
  readonly name: string;
  readonly value: string;
  readonly wanted:
    | { readonly kind: 'one-of'; readonly names: readonly string[] }
    /** Above 0, and within these limits; or that word. */
    | {
        readonly kind: 'number';
        readonly from?: number;
        readonly to?: number;
        readonly isWhole?: boolean;
        readonly or?: string;
      };
}

/** How far somebody is who looks through what was dropped; `total` is 0 as long as nobody knows it. */
export interface LookingThrough {
  readonly name: string;
  readonly what: 'files' | 'photos';
  readonly done: number;
  readonly total: number;
}

/** A value from outside may be as long as an address. */
const SHOWN = 40;
const shown = (value: string): string => (value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);

type NumberWanted = NotUnderstood['wanted'] & { readonly kind: 'number' };

function numberWanted({ from, to, isWhole }: NumberWanted): string {
  if (from !== undefined && to !== undefined)
    return `a ${isWhole ? 'whole ' : ''}number from ${from} to ${to}, such as ${2 * from}`;
  if (from !== undefined) return `a number from ${from} on, such as ${2 * from}`;
  if (to === undefined) return 'a number above 0, such as 60';
  return `a number above 0 and up to ${to}, such as ${to > 120 ? 120 : to / 2}`;
}

export const notices = {
  error: ({ error }: { readonly error: Reason }) => say(errors, error),
  'looking-through': ({ name, what, done, total }: LookingThrough) =>
    `${what === 'photos' ? 'Unpacking' : 'Looking through'} ${name}: ${grouped(done)}${total > 0 ? ` of ${grouped(total)}` : ''} ${what}`,
  'photo-removed': ({ name }: { readonly name: string }) => `${name} was removed.`,
  'photos-removed': ({ photos }: { readonly photos: number }) =>
    `${count(photos, 'photo')} ${pick(photos, 'was', 'were')} removed.`,
  'lesson-closed': ({ name }: { readonly name: string }) => `${name} was closed without being saved.`,
  'lesson-newer-kept': ({ name }: { readonly name: string }) =>
    `${name} was not saved: another tab has saved it since it was opened here. Keep both, or replace that one by this one?`,
  'lesson-changed-elsewhere': ({ name }: { readonly name: string }) =>
    `${name} was changed in another tab. What you see here is as it was before.`,
  'lesson-not-in-use': ({ name, model }: { readonly name: string; readonly model: string }) =>
    `${name} is learnt. Meanwhile you have chosen ${model}, which stays in use.`,
  'lesson-deleted': ({ name }: { readonly name: string }) => `${name} was deleted from this device.`,
  'lesson-class-removed': ({ name }: { readonly name: string }) =>
    `${name} was removed, with all that was marked as it.`,
  /** `name`: a dataset or a model. */
  'results-removed': ({ name, photos }: { readonly name: string; readonly photos: number }) =>
    `The results of ${name} (${count(photos, 'photo')}) were removed.`,
  'other-model-in-use': ({ error, model }: { readonly error: Reason; readonly model: string }) =>
    `${say(errors, error)} Instead, ${model} is in use.`,
  /** `bytes`: the size of the model's file. */
  'model-not-remembered': ({ model, bytes }: { readonly model: string; readonly bytes: number }) =>
    `${model} is in use until this page is closed. Remember it on this device (${fileSize(bytes)})?`,
  'photos-outdated': ({ photos, model }: { readonly photos: number; readonly model: string }) =>
    `${count(photos, 'photo')} ${pick(photos, 'was', 'were')} inspected by another model than ${model}.`,
  'photos-seen-otherwise': ({ photos }: { readonly photos: number }) =>
    `${count(photos, 'photo')} ${pick(photos, 'was', 'were')} looked at in another way than it is set now: results differ in what could be seen.`,
  'setting-not-understood': ({ name, value, wanted }: NotUnderstood) => {
    const right =
      wanted.kind === 'one-of' ? wanted.names : [...(wanted.or ? [wanted.or] : []), numberWanted(wanted)];
    return `The setting “${name}” can't be “${shown(value)}”: it is ${either(right)}. It is left as it usually is.`;
  },
};

export const noticeButtons = {
  stop: 'Stop',
  undo: 'Undo',
  retry: 'Try again',
  'use-shipped': 'Use the shipped model',
  remember: 'Remember it',
  'inspect-again': 'Inspect again',
  'keep-both': 'Keep both',
  replace: 'Replace',
  'open-newer': 'Open that one',
  'use-learnt': 'Use what was learnt',
  'export-lesson': 'Export as a file',
  close: 'Close',
  'not-now': 'Not now',
};
