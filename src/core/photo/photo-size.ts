import { InspectorError } from '../errors.js';

/** More than that doesn't fit into the memory of many devices: 4 bytes per pixel, more than once. */
export const MAX_PIXELS = 120e6;

/** Where a size is known. @throws {InspectorError} 'image-too-large' */
export function requireSize({ width = 1, height = 1 }: { width?: number; height?: number }): void {
  const pixels = width * height;
  if (pixels <= MAX_PIXELS) return;
  throw new InspectorError({
    code: 'image-too-large',
    reason: 'photo-too-large',
    params: { pixels, limit: MAX_PIXELS },
  });
}
