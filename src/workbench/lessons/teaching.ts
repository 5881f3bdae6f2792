import type { Edit } from '../history.js';
import { forgetPhotos, type Lesson } from './lesson.js';
import { teachingOf, type TeachingState } from './state.js';

/** What teaching needs of the workbench. */
export interface TeachingHost {
  readonly store: {
    readonly state: TeachingState | undefined;
    update(teaching: TeachingState | undefined): void;
  };
  /** Whether a photo is in the list. */
  isThere(photo: number): boolean;
  /** Shows a photo, unless it is shown. */
  show(photo: number): void;
  note(edit: Edit): void;
}

/** The lesson that somebody teaches, and every change to it, which can be undone. */
export class Teaching {
  constructor(private readonly host: TeachingHost) {}

  /** Undefined while nobody teaches. */
  get state(): TeachingState | undefined {
    return this.host.store.state;
  }

  /** Changes what is no part of the lesson. */
  change(patch: Partial<TeachingState>): void {
    const { state } = this;
    if (state) this.host.store.update({ ...state, ...patch });
  }

  /** Takes a lesson in place of the one that is taught, if any. */
  open(lesson: Lesson, more: Partial<TeachingState> = {}): void {
    this.replace({ ...teachingOf(lesson, this.state?.kept), ...more });
  }

  close(): void {
    const { state } = this;
    if (!state) return;
    const { name } = state.lesson;
    this.replace(undefined, state.isSaved ? {} : { notice: { reason: 'lesson-closed', params: { name } } });
  }

  /**
   * Changes the lesson.
   * @param photo on which it is changed: shown again when that is undone or redone
   */
  edit(
    change: (lesson: Lesson) => Lesson,
    { photo, ...more }: Partial<Edit> & { photo?: number } = {},
  ): void {
    const before = this.state?.lesson;
    const after = before && change(before);
    if (!before || !after || after === before) return;
    this.put(after);
    const show = (lesson: Lesson) => {
      this.put(lesson);
      if (photo !== undefined && this.host.isThere(photo)) this.host.show(photo);
    };
    this.host.note({ ...more, isUnlimited: true, undo: () => show(before), redo: () => show(after) });
  }

  /** Sets the lesson to what it is, or was, without the photos that are not in the list any more. */
  put(lesson: Lesson): void {
    const { state } = this;
    if (state) this.host.store.update(this.withLesson(state, lesson));
  }

  /** Forgets what was said of photos that are not in the list any more. */
  forgetGone(): void {
    if (this.state) this.put(this.state.lesson);
  }

  private replace(after: TeachingState | undefined, more: Partial<Edit> = {}): void {
    const before = this.state;
    this.host.store.update(after);
    this.host.note({
      ...more,
      isUnlimited: true,
      undo: () => this.restore(before),
      redo: () => this.restore(after),
    });
  }

  private restore(state: TeachingState | undefined): void {
    const kept = this.state?.kept ?? state?.kept;
    this.host.store.update(state && this.withLesson({ ...state, kept }, state.lesson));
  }

  private withLesson(state: TeachingState, lesson: Lesson): TeachingState {
    const there = forgetPhotos(lesson, (photo) => this.host.isThere(photo));
    const isThere = there.classes.some(({ id }) => id === state.classId);
    const classId = isThere ? state.classId : there.classes[0]?.id;
    return { ...state, lesson: there, classId, isSaved: there.photos.size === 0 };
  }
}
