import { InspectorError } from '../core/errors.js';

/** @throws {InspectorError} 'cancelled' once the signal is aborted */
export function throwIfCancelled(signal?: AbortSignal): void {
  if (signal?.aborted) throw cancelled(signal);
}

/** Settles as `work` does, but rejects with 'cancelled' as soon as the signal is aborted. */
export async function cancellable<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work;
  // Nobody may be left to hear of it.
  work.catch(() => undefined);
  throwIfCancelled(signal);
  let onAbort!: () => void;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(cancelled(signal));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', onAbort));
}

/** The error of a call whose signal was aborted. */
export function cancelled(signal: AbortSignal): InspectorError {
  return new InspectorError({ code: 'cancelled', reason: 'cancelled' }, { cause: signal.reason });
}
