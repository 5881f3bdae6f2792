import type { Notice } from '../messages/text.js';

/** Something a person has done and may regret. */
export interface Edit {
  /** Said in a notice, where what was done can be a loss. */
  readonly notice?: Notice;
  undo(): void;
  redo(): void;
}

/** Steps that can be taken back; older ones are forgotten, since what was removed is kept in memory until then. */
const LIMIT = 30;

/** What was done, in its order. */
export class History {
  private done: readonly Edit[] = [];
  private undone: readonly Edit[] = [];

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** Notes what has been done; what was undone before can't be done again then. */
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
