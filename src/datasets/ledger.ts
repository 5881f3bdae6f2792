import type { Note, Problem } from './errors.js';

const EXAMPLES = 3;
/** A name out of a broken file may be a whole file. */
const EXAMPLE_LENGTH = 200;

/**
 * Accounts for every annotation and every file that may hold one: it is used, or listed with the reason. What a reader
 * forgot is listed, too: nothing is left out without a word.
 */
export class Ledger {
  private readonly open = new Map<object, string>();
  private readonly byNote = new Map<string, { note: Note; examples: string[]; count: number }>();

  /** Something to be accounted for. @param example what a person knows it by */
  enter(item: object, example: string): void {
    this.open.set(item, example);
  }

  use(item: object): void {
    this.open.delete(item);
  }

  /** Lists why an item is not used. @param note holds for one and for many; the examples and their number follow it */
  leaveOut(item: object, note: Note, example = this.open.get(item) ?? ''): void {
    this.open.delete(item);
    this.list(note, example);
  }

  /** Lists something that is not about an item. */
  list(note: Note, example: string): void {
    const key = JSON.stringify(note);
    const known = this.byNote.get(key) ?? { note, examples: [], count: 0 };
    known.count++;
    if (known.examples.length < EXAMPLES) known.examples.push(shortened(example));
    this.byNote.set(key, known);
  }

  /** What is listed; one problem for all with the same reason. */
  close(): Problem[] {
    for (const item of [...this.open.keys()]) this.leaveOut(item, { reason: 'not-used' });
    return Array.from(this.byNote.values(), ({ note, ...rest }) => ({ ...note, ...rest }));
  }
}

const shortened = (text: string): string =>
  text.length <= EXAMPLE_LENGTH ? text : `${text.slice(0, EXAMPLE_LENGTH)}…`;
