/** What `npx defect-inspector` can do. */
export interface Command {
  /** What follows its name. */
  readonly usage: string;
  /** What it does, in half a sentence. */
  readonly summary: string;
  /**
   * @param args what was written after its name
   * @throws {UsageError} where nothing can be made of that
   */
  run(args: readonly string[], print: (line: string) => void): Promise<void>;
}

/** Something was written that the command can't do; its message says what instead. */
export class UsageError extends Error {}
