/** Storage for lessons that lasts as long as a test, and pictures without pixels. */
import type { LessonPictures } from '../../../../src/workbench/lessons/host.js';
import {
  aboutLesson,
  type LessonStorage,
  type PackedLesson,
} from '../../../../src/workbench/lessons/package.js';
import type { KeptLesson } from '../../../../src/workbench/lessons/state.js';

interface Kept {
  readonly about: KeptLesson;
  readonly lesson: PackedLesson;
}

export class MemoryLessons implements LessonStorage {
  readonly lessons = new Map<string, Kept>();
  /** What every method rejects with, if so. */
  error: Error | undefined;
  /** Bytes; undefined: the browser doesn't say. */
  room: number | undefined;
  private saves = 0;
  private readonly listeners: ((key: string) => void)[] = [];

  async list() {
    this.ask();
    return [...this.lessons.values()].map(({ about }) => about).reverse();
  }

  async load(key: string) {
    this.ask();
    const kept = this.lessons.get(key);
    return kept && { lesson: { ...kept.lesson, name: kept.about.name }, revision: kept.about.revision };
  }

  async put(key: string, lesson: PackedLesson, over?: string) {
    this.ask();
    const former = this.lessons.get(key)?.about;
    if (former && former.revision !== over) return { kind: 'newer', kept: former } as const;
    const saved = `2026-01-01T00:00:${String(++this.saves).padStart(2, '0')}Z`;
    const revision = `r${this.saves}`;
    this.lessons.delete(key);
    this.lessons.set(key, { about: aboutLesson(key, lesson, { saved, revision }), lesson });
    this.tell(key);
    return { kind: 'stored', revision } as const;
  }

  async rename(key: string, name: string) {
    this.ask();
    const kept = this.lessons.get(key);
    if (!kept) return undefined;
    const revision = `r${++this.saves}`;
    this.lessons.set(key, { ...kept, about: { ...kept.about, name, revision } });
    this.tell(key);
    return revision;
  }

  async delete(key: string) {
    this.ask();
    const kept = this.lessons.get(key);
    this.lessons.delete(key);
    this.tell(key);
    return async (other: string) => {
      this.ask();
      if (this.lessons.has(other)) return false;
      if (kept) this.lessons.set(other, { ...kept, about: { ...kept.about, key: other } });
      this.tell(other);
      return true;
    };
  }

  async free() {
    return this.room;
  }

  onChange(listener: (key: string) => void) {
    this.listeners.push(listener);
  }

  /** As a browser does: not before the next task. */
  private tell(key: string): void {
    setImmediate(() => this.listeners.forEach((listener) => listener(key)));
  }

  private ask(): void {
    if (this.error) throw this.error;
  }
}

/** Files as they are; a thumbnail is one byte. */
export const fakePictures: LessonPictures = {
  file: async (input) => (input instanceof Blob ? input : new Blob(['pixels'], { type: 'image/png' })),
  png: async () => new Blob(['png'], { type: 'image/png' }),
  thumbnail: async () => new Blob(['t'], { type: 'image/jpeg' }),
};
