/**
 * A worker that a browser ends for want of memory, or that closes itself, says nothing. But a lock that it holds is free
 * then, and whoever waits for it hears of that. Where there are no locks (on plain http), time limits have to do.
 */
import { locks } from './locks.js';

/** How long a browser may take to give a lock, ms. */
const PATIENCE = 1000;

/** Holds a lock as long as this worker lives. Resolves to whether it is held: there may be no locks, or none in time. */
export function giveLifeSign(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const manager = locks();
    if (!manager) {
      resolve(false);
      return;
    }
    setTimeout(resolve, PATIENCE, false);
    manager
      .request(name, () => {
        resolve(true);
        return new Promise<never>(() => undefined);
      })
      .catch(() => resolve(false));
  });
}

/**
 * Calls `onEnd` when the worker that holds the lock has ended. To be asked for only while it is held.
 * @param signal ends the watch
 */
export function watchLife(name: string, signal: AbortSignal, onEnd: () => void): void {
  locks()
    ?.request(name, { signal }, () => onEnd())
    // It was given up, or may not be asked for.
    .catch(() => undefined);
}
