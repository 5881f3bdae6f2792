import type { Steps } from '../../core/evaluation/steps.js';

/** Milliseconds of work between two chances for the page to do something else; 50 would be felt. */
const SLICE = 12;

/** Does the work without ever blocking the page. Rejects with the signal's reason when it is aborted. */
export async function inSlices<T>(steps: Steps<T>, signal?: AbortSignal): Promise<T> {
  let end = performance.now() + SLICE;
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() < end) continue;
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    end = performance.now() + SLICE;
  }
}
