/** What views show of teaching. */
import type { InspectorError } from '../../core/errors.js';
import type { LessonDoubt } from '../../core/teach/check-lesson.js';
import type { LearnProgress, LearntHead, TeachFigures } from '../../core/teach/learnt.js';
import type { Size } from '../../core/rect.js';
import { marksOf, type Lesson } from './lesson.js';
import type { KeptFeatures } from './teacher.js';

export type LessonTool = 'move' | 'brush' | 'eraser' | 'polygon' | 'rectangle';

export const LESSON_TOOLS: readonly LessonTool[] = ['move', 'brush', 'eraser', 'polygon', 'rectangle'];

/** Of the brush, photo pixels. */
export const MIN_BRUSH = 0.5;
export const MAX_BRUSH = 500;

/** What of the photos is kept with a saved lesson, beside features and marks. */
export type Keeping = 'features' | 'thumbnails' | 'photos';

export const KEEPINGS: readonly Keeping[] = ['features', 'thumbnails', 'photos'];

/** The network is fetched and started; then it describes the photos; then what they show is learnt. */
export type LearnPhase = 'starting' | 'describing' | 'learning';

/** What a lesson has come to. */
export interface Learnt {
  readonly kind: 'learnt';
  readonly figures: TeachFigures;
  /** Of good photos alone: the share of good ones of which a false alarm must be expected, 0..1. */
  readonly falseAlarmShare?: number;
  readonly doubts: readonly LessonDoubt[];
  /** How long it took, thresholds and figures included. */
  readonly seconds: number;
  /** An .onnx file, and its SHA-256, hex. */
  readonly model: File;
  readonly hash: string;
  /** From a region's score to what is reported: see `LearntHead`. */
  readonly lines: Pick<LearntHead, 'threshold' | 'calibration'>;
  /** As it was when it was learnt. */
  readonly lesson: Lesson;
}

/** `former`: what was learnt before, which stays in use until something else is learnt. */
export type Learning =
  | { readonly kind: 'not-yet' }
  | {
      readonly kind: 'learning';
      /** `timeLeft`: milliseconds of the phase; undefined until it is known. `done` counts parts of a photo, where those are told. */
      readonly progress: LearnProgress & {
        readonly phase: LearnPhase;
        readonly timeLeft?: number | undefined;
      };
      readonly former?: Learnt;
    }
  | Learnt
  | { readonly kind: 'failed'; readonly error: InspectorError; readonly former?: Learnt };

/** What was learnt last, if anything was. */
export const learntOf = (learning: Learning): Learnt | undefined =>
  learning.kind === 'learnt' ? learning : learning.kind === 'not-yet' ? undefined : learning.former;

/** A place about which a person's answer tells most. */
export interface NextPlace {
  readonly photo: number;
  /** In photo pixels. */
  readonly x: number;
  readonly y: number;
  /** `unsure`: the score is near the threshold; `unlike`: the photo is unlike those of the lesson besides. */
  readonly reason: 'unsure' | 'unlike';
}

/** A lesson that is saved on this device. */
export interface KeptLesson {
  readonly key: string;
  readonly name: string;
  readonly good: number;
  readonly marked: number;
  readonly keeping: Keeping;
  readonly bytes: number;
  /** ISO 8601. */
  readonly saved: string;
  /** Another one after every change; undefined of those that earlier versions of the page have saved. */
  readonly revision?: string | undefined;
}

/** What is on this device of the lesson that is taught was changed by another tab since it was read or saved here. */
export interface NewerLesson {
  readonly kept: KeptLesson;
  /** How the lesson was to be saved in its place, if it was. */
  readonly keeping?: Keeping;
}

export interface AbsentPhoto extends Partial<Size> {
  readonly name: string;
  readonly thumbnail?: Blob;
  /** SHA-256 of its file, hex. */
  readonly hash?: string;
}

export interface TeachingState {
  /** Of this lesson, as long as it is taught: no other of this visit has it. */
  readonly id: number;
  readonly lesson: Lesson;
  /** Under which it is saved on this device. */
  readonly key: string | undefined;
  /** Of the next mark; undefined where there is no class yet. */
  readonly classId: number | undefined;
  readonly tool: LessonTool;
  /** Radius, photo pixels. */
  readonly brush: number;
  readonly learning: Learning;
  /** Whether the lesson was changed since it was learnt; false before. */
  readonly isOutdated: boolean;
  /** At most five, the most telling first. */
  readonly next: readonly NextPlace[];
  /** The one of them that somebody has asked to see, until another photo is shown. */
  readonly place: NextPlace | undefined;
  /** Photos of the lesson that are not in the list: what they show is known, and what is taught of them. By their ids, which are below 0. */
  readonly absent: ReadonlyMap<number, AbsentPhoto>;
  /** What was learnt from, by the photos' ids as text; kept from one learning to the next. */
  readonly features: KeptFeatures;
  /** As it was when it was saved last, the SHA-256 of what was learnt by then, and whether that is on this device or in a file alone. */
  readonly saved:
    { readonly lesson: Lesson; readonly hash: string | undefined; readonly isOnDevice: boolean } | undefined;
  readonly newer: NewerLesson | undefined;
  /** What was learnt last is not in use: another model was chosen meanwhile. The lesson's name then. */
  readonly unused: { readonly name: string } | undefined;
  /** Bytes that the lesson would take on this device, about; undefined until it is learnt. */
  readonly sizes: Readonly<Record<Keeping, number>> | undefined;
  /** Whether the lesson is saved as it is, on this device or in a file. One of which nothing is said has nothing to save. */
  readonly isSaved: boolean;
}

let lastId = 0;

export const teachingOf = (lesson: Lesson): TeachingState => ({
  id: ++lastId,
  lesson,
  key: undefined,
  classId: lesson.classes[0]?.id,
  tool: 'move',
  brush: 8,
  learning: { kind: 'not-yet' },
  isOutdated: false,
  next: [],
  place: undefined,
  absent: new Map(),
  features: { photos: new Map() },
  saved: undefined,
  newer: undefined,
  unused: undefined,
  sizes: undefined,
  isSaved: true,
});

/** How many photos are called good, and how many have marks. */
export function countTaught(lesson: Lesson): { readonly good: number; readonly marked: number } {
  let [good, marked] = [0, 0];
  for (const [photo, { isGood }] of lesson.photos) {
    if (isGood) good++;
    else if (marksOf(lesson, photo).length > 0) marked++;
  }
  return { good, marked };
}
