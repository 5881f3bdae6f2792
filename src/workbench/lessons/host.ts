/** What teaching needs of the workbench around it. */
import type { InspectorError } from '../../core/errors.js';
import type { Announcement, Notice } from '../../messages/text.js';
import type { ImageInput } from '../../detector/types.js';
import type { PhotoBatch, PhotoEntry } from '../batch/photo-batch.js';
import type { Edit } from '../history.js';
import type { LessonStorage } from './package.js';
import type { KeptLesson, Learnt, TeachingState } from './state.js';
import type { Teacher } from './teacher.js';

/** Files of photos, as they are kept and given away. */
export interface LessonPictures {
  /** That it came in; of pixels, one without loss. @throws {InspectorError} where it can't be had */
  file(input: ImageInput): Promise<Blob>;
  /** What is seen of it, pixel by pixel, as a PNG. @throws {InspectorError} where it can't be decoded */
  png(input: ImageInput): Promise<Blob>;
  /** A small picture. @throws {InspectorError} where it can't be decoded */
  thumbnail(input: ImageInput): Promise<Blob>;
}

export interface LessonHost {
  readonly store: {
    readonly state: TeachingState | undefined;
    update(teaching: TeachingState | undefined): void;
  };
  readonly photos: PhotoBatch;
  /** Shows a photo, unless it is shown. */
  show(photo: number): void;
  note(edit: Edit): void;
  /** Takes the edits of the lesson that is left out of what can be undone. Returns what puts them back. */
  leaveLesson(): () => void;
  /** Offers a way back from what has just been done. */
  offer(notice: Notice, take: () => void): void;
  announce(announcement: Announcement): void;
  /** Tells somebody why what was asked for came to nothing. */
  report(error: InspectorError): void;
  /** The lesson is kept: what was said of its not being so is over. */
  noteStored(): void;
  readonly teacher: () => Teacher | undefined;
  /** Inspects all photos by what was learnt, and those that come. */
  use(learnt: Learnt, name: string): void;
  isUsed(learnt: Learnt): boolean;
  /** How often a model was chosen in this visit. */
  choices(): number;
  readonly storage: LessonStorage;
  readonly pictures: LessonPictures;
  /** The lessons on this device, as they are shown. */
  keptLessons: readonly KeptLesson[] | undefined;
  /** Appends photos to the list. */
  add(files: readonly File[]): readonly PhotoEntry[];
  /** Announces the error of a promise that nobody awaits. */
  watch(work: Promise<unknown>): void;
  /** Offers a file as a download. */
  saveFile(file: Blob, name: string): void;
}
