import { InspectorError } from '../core/errors.js';

/** @throws {InspectorError} 'cancelled' once the signal is aborted */
export function throwIfCancelled(signal?: AbortSignal): void {
  if (signal?.aborted) throw cancelled(signal);
}

/** Settles as `work` does, but rejects with 'cancelled' as soon as the signal is aborted. */
export function cancellable<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  return signal ? unlessAborted(work, signal, cancelled) : work;
}

/**
 * Settles as `work` does, but rejects as soon as the signal is aborted. Of works that are done it keeps nothing, however
 * long the signal lives: `Promise.race` with one promise for many works would keep all their results.
 * @param toError what it rejects with; the signal's reason by default
 */
export async function unlessAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
  toError = ({ reason }: AbortSignal) => reason as InspectorError,
): Promise<T> {
  // Once the signal is aborted, whether the work fails as well makes no difference to the caller.
  work.catch(() => undefined);
  if (signal.aborted) throw toError(signal);
  let onAbort!: () => void;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(toError(signal));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', onAbort));
}

/** The error of a call whose signal was aborted. */
export function cancelled(signal: AbortSignal): InspectorError {
  return new InspectorError({ code: 'cancelled', reason: 'cancelled' }, { cause: signal.reason });
}
