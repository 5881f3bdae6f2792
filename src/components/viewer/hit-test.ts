import type { Detection } from '../../core/types.js';
import { outlineOf } from './outline.js';
import type { Point } from './viewport.js';

/** How far beside an outline or a point a press still means it, CSS pixels: a finger is less exact than a mouse or a pen. */
export const toleranceOf = (pointerType: string): number => (pointerType === 'touch' ? 14 : 5);

/** Only asked about paths; nothing is ever drawn on it. */
let context: OffscreenCanvasRenderingContext2D | undefined;

/**
 * The smallest mask at a point of the photo, so that a small defect on a large one can be reached; else the smallest
 * one whose outline passes within `tolerance` photo pixels.
 */
export function detectionAt(
  detections: readonly Detection[],
  { x, y }: Point,
  tolerance: number,
): Detection | undefined {
  context ??= new OffscreenCanvas(1, 1).getContext('2d')!;
  const canvas = context;
  canvas.lineWidth = 2 * tolerance;
  const near = detections
    .filter(({ box: [left, top, width, height] }) => {
      const inX = x >= left - tolerance && x <= left + width + tolerance;
      return inX && y >= top - tolerance && y <= top + height + tolerance;
    })
    .sort((a, b) => a.area - b.area);
  return (
    near.find((one) => canvas.isPointInPath(outlineOf(one), x, y, 'evenodd')) ??
    near.find((one) => canvas.isPointInStroke(outlineOf(one), x, y))
  );
}
