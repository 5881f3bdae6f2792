/** Storage for lessons that lasts as long as a test, and pictures without pixels. */
import type { LessonPictures } from '../../../../src/workbench/lessons/host.js';
import {
  aboutLesson,
  type LessonStorage,
  type PackedLesson,
} from '../../../../src/workbench/lessons/package.js';
import type { KeptLesson } from '../../../../src/workbench/lessons/state.js';

export class MemoryLessons implements LessonStorage {
  readonly lessons = new Map<string, { readonly about: KeptLesson; readonly lesson: PackedLesson }>();
  /** What every method rejects with, if so. */
  error: Error | undefined;
  private saves = 0;

  async list() {
    this.ask();
    return [...this.lessons.values()].map(({ about }) => about).reverse();
  }

  async load(key: string) {
    this.ask();
    const kept = this.lessons.get(key);
    return kept && { ...kept.lesson, name: kept.about.name };
  }

  async put(key: string, lesson: PackedLesson) {
    this.ask();
    const saved = `2026-01-01T00:00:${String(++this.saves).padStart(2, '0')}Z`;
    this.lessons.delete(key);
    this.lessons.set(key, { about: aboutLesson(key, lesson, saved), lesson });
  }

  async rename(key: string, name: string) {
    this.ask();
    const kept = this.lessons.get(key);
    if (kept) this.lessons.set(key, { ...kept, about: { ...kept.about, name } });
  }

  async delete(key: string) {
    this.ask();
    this.lessons.delete(key);
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
