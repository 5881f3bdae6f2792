/** Large photos are decoded one at a time, by whichever of the page's workers: the memory of several would be too much. */
import { locks } from '../locks.js';
import { TIME_LIMIT } from './within-time.js';

/** Pixels from which on a photo is large: 32 MB. */
const LARGE = 8e6;

/** Of all pages of one origin. */
const LOCK = 'defect-inspector: large photo';
/** Milliseconds after which it is decoded all the same: whoever is decoding has had its time, and may be stuck. */
const PATIENCE = TIME_LIMIT + 10_000;

/** Does the work as soon as no other large photo is being worked on; at once for a small photo, and where there are no locks. */
export async function inTurn<T>(
  { width = 0, height = 0 }: { readonly width?: number; readonly height?: number },
  work: () => Promise<T>,
): Promise<T> {
  if (width * height <= LARGE) return work();
  const release = await acquire();
  try {
    return await work();
  } finally {
    release();
  }
}

function acquire(): Promise<() => void> {
  return new Promise((resolve) => {
    const free = () => undefined;
    const manager = locks();
    if (!manager) {
      resolve(free);
      return;
    }
    manager
      .request(LOCK, { signal: AbortSignal.timeout(PATIENCE) }, () => new Promise<void>(resolve))
      // It took too long, or a page without an origin of its own may not ask.
      .catch(() => resolve(free));
  });
}
