/**
 * Regions that a person draws: a pixel belongs to what is drawn where its centre lies in it. Coordinates are photo pixels, the
 * centre of the first pixel at .5.
 */
import type { Size } from '../rect.js';
import type { Region } from '../types.js';
import { ColumnRuns } from './column-runs.js';

export interface DrawnPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * What a round brush covers on its way from point to point, and at least the pixels under these points.
 * @param radius photo pixels, from 0 on
 * @returns undefined where all of it lies beside the photo
 */
export function strokeRegion(points: readonly DrawnPoint[], radius: number, photo: Size): Region | undefined {
  const runs = new ColumnRuns(photo);
  points.forEach((point, i) => {
    runs.add(Math.floor(point.x), Math.floor(point.y), Math.floor(point.y) + 1);
    addStretch(runs, points[i - 1] ?? point, point, radius);
  });
  return runs.build();
}

/** What a straight stretch of a stroke covers: all that is no further from it than the radius. It is convex: one run per column. */
function addStretch(runs: ColumnRuns, a: DrawnPoint, b: DrawnPoint, radius: number): void {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  // From the way to its two sides.
  const across = length > 0 ? ((a.y - b.y) / length) * radius : 0;
  const down = length > 0 ? ((b.x - a.x) / length) * radius : 0;
  const left = Math.ceil(Math.min(a.x, b.x) - radius - 0.5);
  const right = Math.floor(Math.max(a.x, b.x) + radius - 0.5);
  for (let x = left; x <= right; x++) {
    const middle = x + 0.5;
    let top = Infinity;
    let bottom = -Infinity;
    const reach = (from: number, to = from) => {
      top = Math.min(top, from);
      bottom = Math.max(bottom, to);
    };
    for (const { x: centre, y } of [a, b]) {
      const square = radius ** 2 - (middle - centre) ** 2;
      if (square >= 0) reach(y - Math.sqrt(square), y + Math.sqrt(square));
    }
    for (const side of [1, -1]) {
      const height = heightAt(
        { x: a.x + side * across, y: a.y + side * down },
        { x: b.x + side * across, y: b.y + side * down },
        middle,
      );
      if (height !== undefined) reach(height);
    }
    // Of rounding alone, a column at the very end may have none.
    if (top <= bottom) runs.add(x, ...rowsBetween(top, bottom));
  }
}

/** Where a vertical line crosses the way from one point to the other, if it does. */
function heightAt(a: DrawnPoint, b: DrawnPoint, x: number): number | undefined {
  if (a.x <= x === b.x <= x) return undefined;
  return a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x);
}

/** The rows whose middle lies between two heights, the upper one included. */
const rowsBetween = (top: number, bottom: number): [from: number, to: number] => [
  Math.ceil(top - 0.5),
  Math.floor(bottom - 0.5) + 1,
];

/**
 * What a polygon encloses; where it crosses itself, what is enclosed an odd number of times.
 * @returns undefined where no pixel's centre lies in it
 */
export function polygonRegion(corners: readonly DrawnPoint[], photo: Size): Region | undefined {
  const runs = new ColumnRuns(photo);
  const across = corners.map(({ x }) => x);
  const left = Math.max(0, Math.ceil(Math.min(...across) - 0.5));
  const right = Math.min(photo.width - 1, Math.floor(Math.max(...across) - 0.5));
  for (let x = left; x <= right; x++) {
    const heights = corners
      .flatMap((corner, i) => heightAt(corners.at(i - 1)!, corner, x + 0.5) ?? [])
      .sort((a, b) => a - b);
    // A line crosses a closed way an even number of times.
    for (let i = 0; i < heights.length; i += 2) {
      // Of two polygons that share a side, a pixel on it belongs to one.
      runs.add(x, Math.ceil(heights[i]! - 0.5), Math.ceil(heights[i + 1]! - 0.5));
    }
  }
  return runs.build();
}

/** The whole pixels of a rectangle between two corners, at least the one under the first. */
export function rectangleRegion(a: DrawnPoint, b: DrawnPoint, photo: Size): Region | undefined {
  const runs = new ColumnRuns(photo);
  const [left, right] = span(a.x, b.x);
  const [top, bottom] = span(a.y, b.y);
  for (let x = Math.max(0, left); x < Math.min(photo.width, right); x++) runs.add(x, top, bottom);
  return runs.build();
}

/** Pixels whose middle lies between two places. */
function span(a: number, b: number): [from: number, to: number] {
  const [from, to] = [Math.round(Math.min(a, b)), Math.round(Math.max(a, b))];
  return from < to ? [from, to] : [Math.floor(a), Math.floor(a) + 1];
}
