import type { Notice } from '../messages/text.js';

/** A change that can be undone and redone. */
export interface Edit {
  /** Shown after a change that has removed something. */
  readonly notice?: Notice;
  /** How many photos, with their results, it keeps in memory so that they can be brought back; none by default. */
  readonly photos?: number;
  /** Edits of one subject that follow one another, as while a slider is dragged, are undone as one. */
  readonly subject?: string;
  /**
   * Whether it is one of the lesson that is taught. However many come after it, it is kept until that lesson is left: it takes next to no
   * memory, and nothing else brings back what it changed.
   */
  readonly isOfLesson?: boolean;
  undo(): void;
  redo(): void;
}

/** A way back that is offered by a notice of its own. */
export interface Offer {
  readonly notice: Notice;
  take(): void;
  /** `History.turn` when it was made. */
  readonly turn: number;
}

/** How many edits can be undone, beside those of a lesson. */
const LIMIT = 30;
/** How many removed photos are kept for that. The last removal is kept whatever its size, until other photos come. */
const PHOTO_LIMIT = 100;

/** The edits that were made, the oldest first. */
export class History {
  private done: readonly Edit[] = [];
  private undone: readonly Edit[] = [];
  private turns = 0;

  /** Another number after every edit that is made, undone or redone. */
  get turn(): number {
    return this.turns;
  }

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** Adds an edit that has just been made. Edits that were undone before can't be redone any more. */
  add(edit: Edit): void {
    this.turns++;
    const last = this.done.at(-1);
    if (edit.subject !== undefined && last?.subject === edit.subject) {
      this.done = [...this.done.slice(0, -1), { ...edit, undo: last.undo }];
    } else {
      const { photos = 0 } = edit;
      const kept = photos > 0 ? limited(this.done, PHOTO_LIMIT - photos) : this.done;
      this.done = withinLimit([...kept, edit]);
    }
    this.undone = [];
  }

  undo(): void {
    const edit = this.done.at(-1);
    if (!edit) return;
    this.turns++;
    this.done = this.done.slice(0, -1);
    this.undone = [...this.undone, edit];
    edit.undo();
  }

  redo(): void {
    const edit = this.undone.at(-1);
    if (!edit) return;
    this.turns++;
    this.undone = this.undone.slice(0, -1);
    this.done = [...this.done, edit];
    edit.redo();
  }

  /** Drops the oldest removals where more photos are kept than the limit. */
  limitPhotos(): void {
    this.done = limited(this.done, PHOTO_LIMIT);
  }

  /** Takes out the edits of a lesson that is left. Returns what puts them back, when it is taken up again. */
  leaveLesson(): () => void {
    const [done, undone] = [this.done, this.undone].map((edits) =>
      edits.filter(({ isOfLesson }) => isOfLesson),
    );
    const drop = () => {
      this.done = this.done.filter(({ isOfLesson }) => !isOfLesson);
      this.undone = this.undone.filter(({ isOfLesson }) => !isOfLesson);
    };
    drop();
    return () => {
      drop();
      this.done = [...this.done, ...done!];
      this.undone = [...this.undone, ...undone!];
    };
  }

  /** Drops whatever keeps photos: they can't be brought back any more. */
  forgetPhotos(): void {
    this.done = this.done.filter(({ photos = 0 }) => photos === 0);
    this.undone = this.undone.filter(({ photos = 0 }) => photos === 0);
  }
}

/** Without the oldest of those of which only so many are kept. */
function withinLimit(edits: readonly Edit[]): readonly Edit[] {
  let excess = edits.filter(({ isOfLesson }) => !isOfLesson).length - LIMIT;
  return excess <= 0 ? edits : edits.filter(({ isOfLesson }) => isOfLesson || excess-- <= 0);
}

/** The latest edits, without the removals beyond which more photos would be kept than the limit. */
function limited(edits: readonly Edit[], limit: number): readonly Edit[] {
  let kept = 0;
  const latest = edits.toReversed().filter(({ photos = 0 }) => {
    if (photos > 0 && kept + photos > limit) return false;
    kept += photos;
    return true;
  });
  return latest.toReversed();
}
