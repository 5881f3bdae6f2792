import { isInPart } from '../../core/in-part.js';
import type { Size } from '../../core/rect.js';
import type { Inspection } from '../../core/types.js';

/** Network input pixels below which nothing is recognised. */
const SMALLEST_SEEN = 8;

/**
 * Photo pixels below which nothing is seen; undefined where that is as much as the photo has.
 * @param scale network pixels per photo pixel
 */
export function smallestSeen(scale: number, { width, height }: Size): number | undefined {
  const smallest = Math.max(1, Math.round(SMALLEST_SEEN / scale));
  return smallest < Math.min(width, height) ? smallest : undefined;
}

/** At which size the network saw a photo, or an area of it, in its pixels, and the photo pixels below which it can't have seen anything, as `smallestSeen` gives them. */
export function seenSize({ image, input }: Inspection) {
  const { scale, area } = input;
  const [, , width, height] = area ?? [0, 0, image.width, image.height];
  return {
    width,
    height,
    isArea: area !== undefined,
    seenWidth: Math.round(width * scale),
    seenHeight: Math.round(height * scale),
    // Of a photo that was seen in part, only what all of it was seen by counts.
    tiles: isInPart({ input }) ? 1 : input.tiles,
    limit: smallestSeen(scale, { width, height }),
  };
}
