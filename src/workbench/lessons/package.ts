/** A lesson as it is kept: with everything that is needed to go on with it another day, or elsewhere. */
import type { Size } from '../../core/rect.js';
import type { Keeping, KeptLesson, Learnt } from './state.js';
import type { LessonClass, Mark } from './lesson.js';

export interface PackedPhoto {
  readonly name: string;
  /** SHA-256 of its file, hex; undefined where nobody has read it yet. */
  readonly hash?: string;
  readonly size?: Size;
  readonly isGood: boolean;
  readonly marks: readonly Mark[];
  /** What of it is learnt from: see `KeptFeatures`. There is this, or the file. */
  readonly features?: object;
  readonly file?: Blob;
  readonly thumbnail?: Blob;
}

export interface PackedLesson {
  readonly name: string;
  readonly classes: readonly LessonClass[];
  readonly nextClassId: number;
  readonly nextMarkId: number;
  readonly keeping: Keeping;
  readonly photos: readonly PackedPhoto[];
  readonly learnt?: Pick<Learnt, 'figures' | 'falseAlarmShare' | 'doubts' | 'seconds'> & {
    readonly model: Blob;
    /** Whether the lesson was changed after that. */
    readonly isOutdated: boolean;
  };
}

/** Where lessons stay between visits. Every method rejects where the browser's storage fails, or is denied. */
export interface LessonStorage {
  /** The latest first; none where a page must not store anything. */
  list(): Promise<readonly KeptLesson[]>;
  load(key: string): Promise<PackedLesson | undefined>;
  /** All of it or nothing, in place of what is there under that key. */
  put(key: string, lesson: PackedLesson): Promise<void>;
  rename(key: string, name: string): Promise<void>;
  delete(key: string): Promise<void>;
}

/** What a list says of it. @param saved ISO 8601 */
export function aboutLesson(key: string, lesson: PackedLesson, saved: string): KeptLesson {
  const good = lesson.photos.filter(({ isGood }) => isGood).length;
  const { name, keeping } = lesson;
  return { key, name, good, marked: lesson.photos.length - good, keeping, bytes: bytesOf(lesson), saved };
}

/** How much memory plain data takes, bytes, about: that of what is large in it. */
export function bytesOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (value instanceof Blob) return value.size;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return Object.values(value).reduce((sum: number, one) => sum + bytesOf(one), 0);
}
