/** Photos that take hundreds of megabytes as long as they are open: of these, a page holds one at a time. */
import { readImageHeader } from '../core/photo/image-header.js';
import { cancellable } from './cancellation.js';
import type { PhotoData } from './worker-api.js';

/** A photo of more pixels is held by one worker alone: in each it takes several bytes a pixel. */
export const SHARED_PIXELS = 48e6;

/** Ends when all are done that came so far. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Does the work on a large photo once the work on those before it has ended, and on any other photo at once.
 * @throws {InspectorError} 'cancelled' where it is cancelled while it waits, and whatever the work throws
 */
export async function oneLargeAtATime<T>(
  photo: PhotoData,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  if (!isLarge(photo)) return work();
  const before = last;
  let leave!: () => void;
  const left = new Promise<void>((resolve) => (leave = resolve));
  last = before.then(() => left);
  try {
    await cancellable(before, signal);
    return await work();
  } finally {
    leave();
  }
}

function isLarge(photo: PhotoData): boolean {
  const size = photo.kind === 'pixels' ? photo : readImageHeader(new Uint8Array(photo.bytes));
  return (size?.width ?? 0) * (size?.height ?? 0) > SHARED_PIXELS;
}
