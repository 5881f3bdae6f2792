import type { Notice } from '../messages/text.js';

/** A change that can be undone and redone. */
export interface Edit {
  /** Shown after a change that has removed something. */
  readonly notice?: Notice;
  undo(): void;
  redo(): void;
}

/** How many edits can be undone. Older ones are dropped, because what they removed stays in memory until then. */
const LIMIT = 30;

/** The edits that were made, the oldest first. */
export class History {
  private done: readonly Edit[] = [];
  private undone: readonly Edit[] = [];

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** Adds an edit that has just been made. Edits that were undone before can't be redone any more. */
  add(edit: Edit): void {
    this.done = [...this.done, edit].slice(-LIMIT);
    this.undone = [];
  }

  undo(): void {
    const edit = this.done.at(-1);
    if (!edit) return;
    this.done = this.done.slice(0, -1);
    this.undone = [...this.undone, edit];
    edit.undo();
  }

  redo(): void {
    const edit = this.undone.at(-1);
    if (!edit) return;
    this.undone = this.undone.slice(0, -1);
    this.done = [...this.done, edit];
    edit.redo();
  }

  clear(): void {
    this.done = [];
    this.undone = [];
  }
}
