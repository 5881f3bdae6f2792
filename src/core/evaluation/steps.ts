/** Work that can be interrupted: a generator that yields whenever that is possible, and returns its result. */
export type Steps<T> = Generator<undefined, T>;

/** Does all of it in one go. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
