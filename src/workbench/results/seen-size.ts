import type { Inspection } from '../../core/types.js';

/** Network input pixels below which nothing is recognised. */
const SMALLEST_SEEN = 8;

/** At which size the network saw a photo, in its pixels, and the photo pixels below which it can't have seen anything. */
export function seenSize({ image: { width, height }, input: { scale, tiles } }: Inspection) {
  return {
    width,
    height,
    seenWidth: Math.round(width * scale),
    seenHeight: Math.round(height * scale),
    tiles,
    limit: Math.max(1, Math.round(SMALLEST_SEEN / scale)),
  };
}
