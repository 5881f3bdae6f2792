import { InspectorError } from '../errors.js';
import type { Size } from '../rect.js';
import type { Box } from '../types.js';

/** A rectangle as whole pixels of a photo: every one that it touches; undefined where there is none, or it is no rectangle. */
export function clipArea(area: Box, { width, height }: Size): Box | undefined {
  if (!isBox(area)) return undefined;
  const [x, y, w, h] = area;
  const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
  const right = Math.min(width, Math.ceil(x + w));
  const bottom = Math.min(height, Math.ceil(y + h));
  return w > 0 && h > 0 && right > left && bottom > top ? [left, top, right - left, bottom - top] : undefined;
}

/** Programs and links may give anything. */
const isBox = (area: unknown): area is Box =>
  Array.isArray(area) && area.length === 4 && area.every((value) => Number.isFinite(value));

/** @throws {InspectorError} 'unsupported-image' where it is no rectangle of at least a pixel */
export function requireArea(area: unknown): void {
  if (area === undefined || area === null || (isBox(area) && area[2] >= 1 && area[3] >= 1)) return;
  throw new InspectorError({ code: 'unsupported-image', reason: 'area-no-rectangle' });
}

/**
 * The part of a photo that is inspected, whole pixels.
 * @param area all of the photo where it is absent
 * @throws {InspectorError} 'unsupported-image' where no pixel of the photo lies in it
 */
export function areaWithin(area: Box | undefined, { width, height }: Size): Box {
  const part = clipArea(area ?? [0, 0, width, height], { width, height });
  if (part) return part;
  throw new InspectorError({
    code: 'unsupported-image',
    reason: 'area-outside-photo',
    params: { width, height },
  });
}
