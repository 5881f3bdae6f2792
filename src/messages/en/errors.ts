/** What can go wrong, each with the next step. */
import { say, type Message } from '../message.js';
import { lessonErrors } from './errors-lesson.js';
import { loadingErrors } from './errors-loading.js';
import { modelErrors } from './errors-model.js';
import { photoErrors } from './errors-photo.js';
import { workbenchErrors } from './errors-workbench.js';

/** What went wrong and what about it differs from case to case. */
export type Reason = Message<typeof errors>;

export interface PhotoAloneFails {
  readonly why: Reason;
}

export interface FailsOnPhotos {
  readonly name: string;
  readonly why: Reason;
}

export const errors = {
  /** What another program says, as it says it: a detector that somebody else has made, the runtime, the browser. */
  foreign: ({ text }: { readonly text: string }) => text,
  cancelled: 'This was cancelled.',
  ...lessonErrors,
  ...loadingErrors,
  ...modelErrors,
  ...photoErrors,
  ...workbenchErrors,

  // The model that was chosen, and the one that takes its place
  'no-detector-factory': 'This element was given no detector factory.',
  'model-not-started': 'The model could not be started. Try again.',
  'other-model-chosen': 'Another model was chosen meanwhile.',
  'model-address-invalid': ({ text }: { readonly text: string }) => `“${text}” is not an address.`,
  'chosen-model-gone':
    'The model that was chosen last is no longer on this device: it was deleted, in another tab or by the browser. Add it again, or choose another one.',
  'stored-model-changed': ({ name }: { readonly name?: string | undefined }) =>
    `${name ?? 'The model'} is no longer what it was when it was stored (SHA-256 differs). Delete it and add it again.`,
  'model-fails-on-photos': failsOnPhotos,
  'photo-alone-fails': photoAloneFails,
};

/** Declared apart: the compiler can't tell the type of an object whose parts speak of that type. */
function failsOnPhotos({ name, why }: FailsOnPhotos): string {
  return `${name} could not be run on a photo. ${say(errors, why)}`;
}

function photoAloneFails({ why }: PhotoAloneFails): string {
  return `${say(errors, why)} The model works on other photos.`;
}
