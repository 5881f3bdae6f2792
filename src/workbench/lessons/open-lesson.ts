import type { Edit } from '../history.js';
import { forgetPhotos, type Lesson } from './lesson.js';
import type { LessonHost } from './host.js';
import { learntOf, teachingOf, type TeachingState } from './state.js';

/** Whoever learns and keeps the lesson. */
export interface LessonFollower {
  /** The lesson has been changed. */
  edited(): void;
  /** Learns no more of what it is at. */
  cancel(): void;
}

/** The lesson that somebody teaches, and every change to it, which can be undone. */
export class OpenLesson {
  protected follower: LessonFollower | undefined;

  constructor(protected readonly host: LessonHost) {}

  /** Undefined while nobody teaches. */
  get state(): TeachingState | undefined {
    return this.host.store.state;
  }

  /** Whether photos are inspected by what was learnt last. */
  get isInUse(): boolean {
    const learnt = this.state && learntOf(this.state.learning);
    return learnt !== undefined && this.host.isUsed(learnt);
  }

  /** Changes what is no part of the lesson. */
  change(patch: Partial<TeachingState>): void {
    const { state } = this;
    if (state) this.host.store.update({ ...state, ...patch });
  }

  /** Takes a lesson in place of the one that is taught, if any. */
  open(lesson: Lesson, more: Partial<TeachingState> = {}): void {
    this.replace({ ...teachingOf(lesson), ...more });
  }

  close(): void {
    if (this.state) this.replace(undefined);
  }

  /**
   * Changes the lesson.
   * @param photo on which it is changed: shown again when that is undone or redone
   * @param also what else is to be done then
   */
  edit(
    change: (lesson: Lesson) => Lesson,
    {
      photo,
      also,
      ...more
    }: Pick<Edit, 'notice' | 'subject'> & { photo?: number; also?: Pick<Edit, 'undo' | 'redo'> } = {},
  ): void {
    const before = this.state?.lesson;
    const after = before && change(before);
    if (!before || !after || after === before) return;
    this.put(after);
    const show = (lesson: Lesson) => {
      this.put(lesson);
      if (photo !== undefined && this.host.photos.get(photo)) this.host.show(photo);
    };
    this.host.note({
      ...more,
      isOfLesson: true,
      undo: () => {
        show(before);
        also?.undo();
      },
      redo: () => {
        show(after);
        also?.redo();
      },
    });
  }

  /** Sets the lesson to what it is, or was, without the photos that are not in the list any more. */
  put(lesson: Lesson): void {
    const { state } = this;
    if (!state) return;
    this.host.store.update(this.withLesson(state, lesson));
    this.follower?.edited();
  }

  /** Inspects all photos by what was learnt last. */
  use(): void {
    const { state } = this;
    const learnt = state && learntOf(state.learning);
    if (!learnt) return;
    this.change({ unused: undefined });
    this.host.use(learnt, state.lesson.name);
  }

  /** Forgets what was said of photos that are not in the list any more. */
  forgetGone(): void {
    if (this.state) this.put(this.state.lesson);
  }

  private replace(after: TeachingState | undefined): void {
    // What is learnt now would belong to another lesson.
    this.follower?.cancel();
    const before = this.state;
    const putBack = this.host.leaveLesson();
    this.host.store.update(after);
    if (!before || before.isSaved) return;
    this.host.offer({ reason: 'lesson-closed', params: { name: before.lesson.name } }, () => {
      // It comes back as it was left, with what was learnt and saved.
      this.replace(this.withLesson(before, before.lesson));
      putBack();
    });
  }

  private withLesson(state: TeachingState, lesson: Lesson): TeachingState {
    const isKnown = (photo: number) => this.host.photos.get(photo) !== undefined || state.absent.has(photo);
    const there = forgetPhotos(lesson, isKnown);
    const isThere = there.classes.some(({ id }) => id === state.classId);
    const learnt = learntOf(state.learning);
    return {
      ...state,
      lesson: there,
      classId: isThere ? state.classId : there.classes[0]?.id,
      isOutdated: learnt !== undefined && !isSameTeaching(learnt.lesson, there),
      next: state.next.filter(({ photo }) => !there.photos.has(photo) && this.host.photos.get(photo)),
      isSaved:
        there.photos.size === 0 || (state.saved?.lesson === there && state.saved.hash === learnt?.hash),
    };
  }
}

/** Whether the same is learnt from both. */
const isSameTeaching = (one: Lesson, other: Lesson): boolean =>
  one.photos === other.photos && one.classes === other.classes;
