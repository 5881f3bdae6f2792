import { InspectorError } from '../../core/errors.js';
import { inTime } from '../../model/in-time.js';

/** Milliseconds for decoding a photo: a phone needs some for the largest ones. */
export const TIME_LIMIT = 30_000;

export const tooSlow = (): InspectorError =>
  new InspectorError({ code: 'timed-out', reason: 'photo-decoding-too-slow' });

/**
 * A browser's decoder can't be stopped: what it gives later is closed.
 * @throws {InspectorError} 'timed-out'
 */
export const withinTime = <T extends { close(): void }>(decoding: Promise<T>): Promise<T> =>
  inTime(decoding, TIME_LIMIT, (decoded) => decoded.close(), tooSlow);
