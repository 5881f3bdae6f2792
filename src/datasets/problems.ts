import type { Problem } from './types.js';

const EXAMPLES = 3;

/** Collects what is wrong with a dataset: one sentence for all files with the same trouble. */
export class Problems {
  private readonly bySentence = new Map<string, { examples: string[]; count: number }>();

  /** @param message a sentence that holds for one file and for many; the examples and their number follow it. */
  add(message: string, example: string): void {
    const known = this.bySentence.get(message) ?? { examples: [], count: 0 };
    known.count++;
    if (known.examples.length < EXAMPLES) known.examples.push(example);
    this.bySentence.set(message, known);
  }

  get list(): Problem[] {
    return Array.from(this.bySentence, ([message, rest]) => ({ message, ...rest }));
  }
}
