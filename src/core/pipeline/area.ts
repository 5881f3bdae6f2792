import { InspectorError } from '../errors.js';
import type { Box } from '../types.js';

/**
 * A rectangle that somebody asks for, as whole pixels of the photo: every pixel that it touches.
 * @param area all of the photo where it is absent
 * @throws {InspectorError} 'unsupported-image' where no pixel of the photo lies in it
 */
export function areaWithin(
  area: Box | undefined,
  { width, height }: { readonly width: number; readonly height: number },
): Box {
  if (!area) return [0, 0, width, height];
  const [x, y, w, h] = area;
  const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
  const right = Math.min(width, Math.ceil(x + w));
  const bottom = Math.min(height, Math.ceil(y + h));
  if (!(right > left && bottom > top && w > 0 && h > 0)) {
    throw new InspectorError({
      code: 'unsupported-image',
      reason: 'area-outside-photo',
      params: { width, height },
    });
  }
  return [left, top, right - left, bottom - top];
}
