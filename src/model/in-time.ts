/** How long the browser's storage may take to answer, ms: then a page goes on without it. */
export const PATIENCE = 1000;

/** And for what nothing waits for, ms. */
export const LONG_PATIENCE = 5000;

/** And for as much as a model's file, ms: a slow device reads and writes 5 MB a second. */
export const filePatience = (bytes: number): number => 10_000 + bytes / 5000;

/** One kind of storage that the browser has. While an answer of it is overdue, nobody waits for the next one. */
export class BrowserStorage {
  private isSilent = false;

  /**
   * @param late see `inTime`
   * @param patience see `inTime`
   * @throws {DOMException} with the name 'TimeoutError' where it doesn't answer, at once where it is known not to
   */
  async ask<T>(question: () => Promise<T>, late?: (result: T) => void, patience = PATIENCE): Promise<T> {
    if (this.isSilent) throw noAnswer();
    const answer = question();
    const hasAnswered = () => (this.isSilent = false);
    answer.then(hasAnswered, hasAnswered);
    try {
      return await inTime(answer, patience, late);
    } catch (error) {
      this.isSilent = error instanceof DOMException && error.name === 'TimeoutError';
      throw error;
    }
  }
}

/** Patience is counted in parts: of time in which the thread was busy or the device slept, only the part under way counts. */
const PARTS = 10;

const noAnswer = () => new DOMException('The browser’s storage does not answer.', 'TimeoutError');

/**
 * Settles as `work` does, but no later than in `patience` milliseconds: some browsers' storage has been seen not to answer.
 * @param late what to do with a result that nobody waits for any more
 * @param overdue what it rejects with then; a DOMException with the name 'TimeoutError' by default
 */
export function inTime<T>(
  work: Promise<T>,
  patience = PATIENCE,
  late?: (result: T) => void,
  overdue: () => Error = noAnswer,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    let timer: ReturnType<typeof setTimeout>;
    const wait = (parts: number) => {
      timer = setTimeout(() => {
        if (parts > 1) {
          wait(parts - 1);
          return;
        }
        isLate = true;
        reject(overdue());
      }, patience / PARTS);
    };
    wait(PARTS);
    work.then(
      (result) => {
        clearTimeout(timer);
        if (isLate) late?.(result);
        resolve(result);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
