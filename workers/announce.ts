import type { Announcement } from '../src/detector/worker-api.js';

/** How long making a thread may take, ms: a fraction of a second, as a rule. */
const THREAD = 5000;

/** Tells the page that this worker has begun. */
export function announceBegin(): void {
  announce(0);
}

/** From now on, the page replaces this worker where the browser doesn't come back from making a thread, as Firefox now and then. */
export function announceThreads(): void {
  self.Worker = class extends Worker {
    constructor(...options: ConstructorParameters<typeof Worker>) {
      announce(THREAD);
      try {
        super(...options);
      } finally {
        announce(0);
      }
    }
  };
}

function announce(silence: number): void {
  postMessage({ silence } satisfies Announcement);
}
