import { isOfOwnOrigin, notTrusted, trustedScript } from '../src/detector/trusted-types.js';
import type { Announcement } from '../src/detector/worker-api.js';

/** How long making a thread may take, ms: a fraction of a second, as a rule. */
const THREAD = 5000;

/** Tells the page that this worker has begun. */
export function announceBegin(): void {
  announce(0);
}

/**
 * From now on, this worker may make threads of the runtime's module and of nothing else, and the page replaces it where the browser doesn't
 * come back from making one, as Firefox now and then.
 * @param module its address; of one of another origin, the runtime makes a copy in memory
 */
export function announceThreads(module: string): void {
  const isModule = (url: string) =>
    isOfOwnOrigin(module) ? placeOf(url) === placeOf(module) : url.startsWith('blob:');
  self.Worker = class extends Worker {
    constructor(script: string | URL, options?: WorkerOptions) {
      const url = String(script);
      if (!isModule(url)) throw notTrusted(url);
      announce(THREAD);
      try {
        super(trustedScript(url, true), options);
      } finally {
        announce(0);
      }
    }
  };
}

/** Servers for development tell by what is asked of them how a module is imported. */
const placeOf = (url: string): string => url.replace(/[?#].*/, '');

function announce(silence: number): void {
  postMessage({ silence } satisfies Announcement);
}
