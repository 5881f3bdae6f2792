/** How long the browser's storage may take to answer, ms: then a page goes on without it. */
export const PATIENCE = 1000;

/** And for as much as a model's file, ms: a slow device reads and writes 5 MB a second. */
export const filePatience = (bytes: number): number => 10_000 + bytes / 5000;

/**
 * Settles as `work` does, but no later than in `patience` milliseconds: some browsers' storage has been seen not to answer.
 * @param late what to do with a result that nobody waits for any more
 * @throws {DOMException} with the name 'TimeoutError'
 */
export function inTime<T>(work: Promise<T>, patience = PATIENCE, late?: (result: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new DOMException('The browser’s storage does not answer.', 'TimeoutError'));
    }, patience);
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
