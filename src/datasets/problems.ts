import type { DatasetMessage } from './errors.js';
import type { Problem } from './types.js';

const EXAMPLES = 3;

/** Collects what is wrong with a dataset: one problem for all files with the same trouble. */
export class Problems {
  private readonly byMessage = new Map<
    string,
    { message: DatasetMessage; examples: string[]; count: number }
  >();

  /** @param message holds for one file and for many; the examples and their number follow it. */
  add(message: DatasetMessage, example: string): void {
    const key = JSON.stringify(message);
    const known = this.byMessage.get(key) ?? { message, examples: [], count: 0 };
    known.count++;
    if (known.examples.length < EXAMPLES) known.examples.push(example);
    this.byMessage.set(key, known);
  }

  get list(): Problem[] {
    return Array.from(this.byMessage.values(), ({ message, ...rest }) => ({ ...message, ...rest }));
  }
}
