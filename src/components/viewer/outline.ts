import type { Detection } from '../../core/types.js';
import type { Point } from './viewport.js';

const outlines = new WeakMap<Detection, Path2D>();
/** Points of an outline that stand for all of it. */
const SAMPLES = 160;

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

/** Some points of the detection's contours, in photo pixels, at least one; of its box where it has no contour. */
export function outlinePoints(detection: Detection): readonly Point[] {
  const rings = detection.contours.length > 0 ? detection.contours : [cornersOf(detection)];
  const length = rings.reduce((sum, ring) => sum + ring.length / 2, 0);
  const every = Math.max(1, Math.ceil(length / SAMPLES));
  return rings.flatMap((ring) => {
    const some: Point[] = [];
    for (let i = 0; i < ring.length; i += 2 * every) some.push({ x: ring[i]!, y: ring[i + 1]! });
    return some;
  });
}

function cornersOf({ box: [x, y, width, height] }: Detection): ArrayLike<number> {
  return [x, y, x + width, y, x + width, y + height, x, y + height];
}
