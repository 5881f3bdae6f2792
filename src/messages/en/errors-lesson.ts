/** Why nothing can be learnt from a lesson, or why it can't be kept or read. */
import { fileSize, named } from './numbers.js';

export type KeptHow = 'features' | 'thumbnails' | 'photos';

const KEPT_HOW: Readonly<Record<KeptHow, string>> = {
  features: 'without photos',
  thumbnails: 'with small pictures',
  photos: 'with all photos',
};

export interface NoSpace {
  /** That it takes, of which there are so many; undefined: nobody knows. */
  readonly bytes: number;
  readonly free: number | undefined;
  /** The way of keeping it that takes least, if one takes less. */
  readonly smaller:
    | {
        readonly keeping: KeptHow;
        readonly bytes: number;
        /** Undefined: nobody knows. */ readonly fits: boolean | undefined;
      }
    | undefined;
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const lessonErrors = {
  'lesson-empty': 'There is nothing to learn from yet. Call some photos good, or mark defects in some.',
  'lesson-of-one-photo':
    'One good photo does not say how good photos differ. Add at least one more; ten are better.',
  'lesson-photos-alike':
    'All photos of this lesson show the same. Add photos of other parts, or of other places.',
  'lesson-good-with-marks': ({ name }: { readonly name: string }) =>
    `“${name}” is called good, but defects are marked in it. Erase the marks, or say that it is not good.`,
  'lesson-not-said': ({ name }: { readonly name: string }) =>
    `“${name}” is neither called good nor has it marks. Do one or the other, or take it out of the lesson.`,
  'lesson-all-marked':
    'Everything is marked: there is no good place to tell defects from. Mark the defects alone, or add good photos.',
  'lesson-marks-outside': 'No mark lies within its photo. Mark the defects again.',
  'lesson-classes-alike': ({ one, other }: { readonly one: string; readonly other: string }) =>
    `“${one}” and “${other}” are marked in the same places, so they can't be told apart. Mark each place as one of them, or delete one.`,
  'lesson-file-too-large':
    'The photos of this lesson are more than one file can hold. Keep the lesson on this device, or take photos out of it.',
  'lesson-file-of-other-version': ({ name }: { readonly name: string }) =>
    `The lesson in “${name}” was written by a newer version of this page. Load this page anew, then drop the file again.`,
  'lesson-file-damaged': ({ name }: { readonly name: string }) =>
    `The lesson in “${name}” can't be read: the file is damaged, or parts of it are missing. Export the lesson again where it was made.`,
  'kept-lesson-of-newer-version': ({ name }: { readonly name: string }) =>
    `“${name}” was saved by a newer version of this page. Load this page anew, then open it again.`,
  'kept-lesson-damaged': ({ name }: { readonly name: string }) =>
    `“${name}” can't be read: what this browser has stored of it is damaged. Your other lessons are as they were. If you have exported it as a file, drop that here.`,
  'no-space-for-lesson': ({ bytes, free, smaller }: NoSpace) => {
    const full =
      free === undefined
        ? "the browser's storage for this page is full"
        : `this browser has room for about ${fileSize(free)} more of this page`;
    const helps = smaller && smaller.fits !== false;
    const other = smaller
      ? ` ${upper(KEPT_HOW[smaller.keeping])}, it takes about ${fileSize(smaller.bytes)}${smaller.fits ? ', which fits' : ''}.`
      : '';
    const next = helps
      ? 'Save it like that'
      : 'Delete lessons or models that are not needed and save it again';
    return `The lesson was not stored: it takes about ${fileSize(bytes)}, and ${full}.${other} It stays as it is until this page is closed. ${next}, or export it as a file.`;
  },
  'lesson-photos-left-out': ({
    name,
    leftOut,
  }: {
    readonly name: string;
    readonly leftOut: readonly string[];
  }) =>
    `Not in the dataset of “${name}”: ${named(leftOut)}. The pictures are not there any more. Add these photos to the list and export it again.`,
  'lesson-photo-not-learnt': ({ name }: { readonly name: string }) =>
    `“${name}” has not been learnt yet: without the photo, nothing of it would be left to learn from. Press Learn and save again, or keep the photos.`,
  'lesson-classes-invalid': 'Every class needs a name, and a whole number of its own from 1 on.',
  'lesson-mark-unreadable': ({ name }: { readonly name: string }) =>
    `A mark in “${name}” can't be read: its runs don't fill its box. Mark it again.`,
  'lesson-class-unknown': ({ classId }: { readonly classId: number }) =>
    `Something is marked as class ${classId}, which this lesson does not have. Add the class, or erase the mark.`,
};
