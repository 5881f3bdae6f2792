import { InspectorError } from '../../core/errors.js';

/** Milliseconds for decoding a photo: a phone needs some for the largest ones. */
export const TIME_LIMIT = 30_000;

export const tooSlow = (): InspectorError =>
  new InspectorError({ code: 'timed-out', reason: 'photo-decoding-too-slow' });

/**
 * A browser's decoder can't be stopped: what it gives later is closed.
 * @throws {InspectorError} 'timed-out'
 */
export async function withinTime<T extends { close(): void }>(decoding: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLate = false;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(tooSlow());
    }, TIME_LIMIT);
  });
  decoding.then(
    (decoded) => {
      if (isLate) decoded.close();
    },
    // The caller hears of it, unless it has been told something else already.
    () => undefined,
  );
  return Promise.race([decoding, limit]).finally(() => clearTimeout(timer));
}
