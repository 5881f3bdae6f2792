import type { Detection } from '../../core/types.js';

const outlines = new WeakMap<Detection, Path2D>();

/** The detection's contours in photo pixels, to be filled by the even-odd rule; its box where it has no contour. */
export function outlineOf(detection: Detection): Path2D {
  let path = outlines.get(detection);
  if (!path) {
    path = new Path2D();
    for (const ring of detection.contours) {
      path.moveTo(ring[0]!, ring[1]!);
      for (let i = 2; i < ring.length; i += 2) path.lineTo(ring[i]!, ring[i + 1]!);
      path.closePath();
    }
    if (detection.contours.length === 0) path.rect(...detection.box);
    outlines.set(detection, path);
  }
  return path;
}
