/**
 * COCO's way of filling a polygon, after pycocotools (`rleFrPoly`, Dollár and Lin): the outline is walked in
 * steps of a fifth of a pixel; wherever it passes the centre line of a pixel column, the pixels from that height
 * on change sides. Even-odd within one polygon.
 */
import { rleFromChanges, type Rle } from './rle.js';

const STEPS_PER_PIXEL = 5;

/** Fills `[x0, y0, x1, y1, ...]`, in pixels, in an image of `width` x `height` pixels. */
export function rleFromPolygon(polygon: readonly number[], width: number, height: number): Rle {
  const corners: [number, number][] = [];
  for (let i = 0; i + 1 < polygon.length; i += 2) {
    corners.push([toSteps(polygon[i]!), toSteps(polygon[i + 1]!)]);
  }
  const changes: number[] = [];
  let previous: readonly [number, number] | undefined;
  corners.forEach((corner, i) => {
    for (const point of walk(corner, corners[(i + 1) % corners.length]!)) {
      if (previous && previous[0] !== point[0]) {
        const column = toPixels(Math.min(previous[0], point[0]));
        if (Number.isInteger(column) && column >= 0 && column < width) {
          const row = toPixels(Math.min(previous[1], point[1]));
          changes.push(column * height + Math.ceil(Math.min(height, Math.max(0, row))));
        }
      }
      previous = point;
    }
  });
  return rleFromChanges(
    withoutPairs(
      changes.sort((a, b) => a - b),
      width * height,
    ),
    width,
    height,
  );
}

function toSteps(pixels: number): number {
  return Math.trunc(STEPS_PER_PIXEL * pixels + 0.5);
}

/** Pixel whose centre lies at the middle of a step. */
function toPixels(steps: number): number {
  return (steps + 0.5) / STEPS_PER_PIXEL - 0.5;
}

/** The lattice points from one corner to the next, both included, one for each step along the longer side. */
function* walk(from: readonly [number, number], to: readonly [number, number]): Generator<[number, number]> {
  if (Math.abs(to[0] - from[0]) >= Math.abs(to[1] - from[1])) {
    yield* walkAlong(from[0], from[1], to[0], to[1]);
  } else {
    for (const [y, x] of walkAlong(from[1], from[0], to[1], to[0])) yield [x, y];
  }
}

/** `walk` where the first coordinate is the longer side's. */
function* walkAlong(a0: number, b0: number, a1: number, b1: number): Generator<[number, number]> {
  // The same points are met in either direction: rounding always starts at the lower end.
  const isBackward = a0 > a1;
  const [a, b, endA, endB] = isBackward ? [a1, b1, a0, b0] : [a0, b0, a1, b1];
  const length = endA - a;
  const slope = length ? (endB - b) / length : 0;
  for (let step = 0; step <= length; step++) {
    const t = isBackward ? length - step : step;
    yield [a + t, Math.trunc(b + slope * t + 0.5)];
  }
}

/** Two changes at one place undo each other, and one at the end of the image changes nothing. */
function withoutPairs(sorted: readonly number[], end: number): number[] {
  const kept: number[] = [];
  for (const change of sorted) {
    if (kept.at(-1) === change) kept.pop();
    else kept.push(change);
  }
  return kept.filter((change) => change < end);
}
