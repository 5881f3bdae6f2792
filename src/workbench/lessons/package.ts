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

/** What is there under a key, and which revision of it. */
export interface LoadedLesson {
  readonly lesson: PackedLesson;
  readonly revision: string | undefined;
}

/** What became of a lesson that was to be stored: it is, or another tab has stored another revision of it, which is still there. */
export type Stored =
  | { readonly kind: 'stored'; readonly revision: string }
  | { readonly kind: 'newer'; readonly kept: KeptLesson };

/** Stores again under a key what was deleted. Returns false where there is something under that key by now. */
export type PutBack = (key: string) => Promise<boolean>;

/** Where lessons stay between visits. Every method rejects where the browser's storage fails, or is denied. */
export interface LessonStorage {
  /** The latest first; none where a page must not store anything. */
  list(): Promise<readonly KeptLesson[]>;
  /**
   * All of it as it was at one time.
   * @throws {InspectorError} 'lesson-unusable' where it is damaged, or a newer version of the page has stored it
   */
  load(key: string): Promise<LoadedLesson | undefined>;
  /**
   * All of it or nothing, in place of what is there under that key.
   * @param over the revision that may be replaced: that which was read or stored here last; undefined: none, or one that has none
   */
  put(key: string, lesson: PackedLesson, over: string | undefined): Promise<Stored>;
  /** Returns the new revision; undefined where there is nothing under that key. */
  rename(key: string, name: string): Promise<string | undefined>;
  delete(key: string): Promise<PutBack>;
  /** How much more may be stored, bytes, about; undefined where the browser doesn't say. */
  free(): Promise<number | undefined>;
  /** Calls the listener with the key of what has been changed here, in this tab or another one. */
  onChange(listener: (key: string) => void): void;
}

/** What a list says of it. @param saved ISO 8601 */
export function aboutLesson(
  key: string,
  lesson: PackedLesson,
  { saved, revision }: Pick<KeptLesson, 'saved' | 'revision'>,
): KeptLesson {
  const good = lesson.photos.filter(({ isGood }) => isGood).length;
  const { name, keeping } = lesson;
  const marked = lesson.photos.length - good;
  return { key, name, good, marked, keeping, bytes: bytesOf(lesson), saved, revision };
}

/** Tells revisions apart, and lessons on a device. */
export function newKey(): string {
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  return `${Date.now().toString(36)}-${random!.toString(36)}`;
}

/** How much memory plain data takes, bytes, about: that of what is large in it. */
export function bytesOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (value instanceof Blob) return value.size;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return Object.values(value).reduce((sum: number, one) => sum + bytesOf(one), 0);
}
