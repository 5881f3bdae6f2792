/** Scores on a grid over a photo: what a view of a photo gives, and many views together. */
import type { Size } from '../rect.js';

/** Cell (column, row) is centred on photo pixel (x + (column + .5) step, y + (row + .5) step). */
export interface ScoreMap {
  /** Photo pixels. */
  readonly x: number;
  readonly y: number;
  /** Photo pixels per cell. */
  readonly step: number;
  /** In cells. */
  readonly width: number;
  readonly height: number;
  readonly classes: number;
  /** 0..1: one plane per class, row by row. */
  readonly data: Float32Array;
}

/** The same, so many photo pixels further to the right and down. */
export const movedMap = (map: ScoreMap, right: number, down: number): ScoreMap => ({
  ...map,
  x: map.x + right,
  y: map.y + down,
});

/**
 * One map of a photo, of the finest step among these. Where maps of the same step overlap, each counts the more, the further a place lies from
 * where that map is cut off; those of a coarser step count where there is no finer one. Their order does not matter.
 * @param maps of views within the photo, at least one
 * @throws {RangeError} where there is none
 */
export function joinMaps(maps: readonly ScoreMap[], photo: Size): ScoreMap {
  const [first, ...others] = [...maps].sort((a, b) => a.step - b.step || a.y - b.y || a.x - b.x);
  if (!first) throw new RangeError('There is no map to join.');
  if (others.length === 0) return first;
  const { step, classes } = first;
  const width = Math.ceil(photo.width / step);
  const height = Math.ceil(photo.height / step);
  const cells = width * height;
  const sums = new Float64Array(cells * classes);
  const weights = new Float64Array(cells);
  /** Of what counts at a cell. */
  const steps = new Float64Array(cells);
  for (const map of [first, ...others]) {
    const right = Math.min(photo.width, map.x + map.width * map.step);
    const bottom = Math.min(photo.height, map.y + map.height * map.step);
    const columns = cellsWithin(map.x, right, step, width);
    const rows = cellsWithin(map.y, bottom, step, height);
    for (let row = rows.from; row < rows.to; row++) {
      const y = (row + 0.5) * step;
      const vertical = margin(y, map.y, bottom, photo.height);
      for (let column = columns.from; column < columns.to; column++) {
        const cell = row * width + column;
        if (weights[cell]! > 0 && steps[cell] !== map.step) continue;
        const x = (column + 0.5) * step;
        const weight = Math.min(vertical, margin(x, map.x, right, photo.width));
        weights[cell]! += weight;
        steps[cell] = map.step;
        for (let plane = 0; plane < classes; plane++) {
          sums[plane * cells + cell]! += weight * scoreAt(map, plane, x, y);
        }
      }
    }
  }
  const data = Float32Array.from(sums, (sum, i) => (weights[i % cells]! > 0 ? sum / weights[i % cells]! : 0));
  return { x: 0, y: 0, step, width, height, classes, data };
}

/** The score at a place, bilinear between the centres of cells, and beyond the outer ones as there. */
export function scoreAt(
  { x: left, y: top, step, width, height, data }: ScoreMap,
  plane: number,
  x: number,
  y: number,
): number {
  const u = Math.min(width - 1, Math.max(0, (x - left) / step - 0.5));
  const v = Math.min(height - 1, Math.max(0, (y - top) / step - 0.5));
  const column = Math.floor(u);
  const row = Math.floor(v);
  const next = Math.min(width - 1, column + 1);
  const above = (plane * height + row) * width;
  const below = (plane * height + Math.min(height - 1, row + 1)) * width;
  const across = u - column;
  const upper = data[above + column]! * (1 - across) + data[above + next]! * across;
  const lower = data[below + column]! * (1 - across) + data[below + next]! * across;
  return upper * (1 - (v - row)) + lower * (v - row);
}

/** Cells whose centres lie between two places. */
function cellsWithin(from: number, to: number, step: number, count: number) {
  return {
    from: Math.max(0, Math.ceil(from / step - 0.5)),
    // The last one's centre may lie beyond the photo's edge.
    to: Math.min(count, to / step > count - 1 ? count : Math.ceil(to / step - 0.5)),
  };
}

/** How far, in photo pixels, a place lies from where a map is cut off, and nothing is cut off at the edges of the photo; more than 0. */
function margin(at: number, from: number, to: number, photo: number): number {
  const before = from > 0 ? at - from : Infinity;
  const after = to < photo ? to - at : Infinity;
  // Of a map that is cut off nowhere, any number will do, as long as others can be added to it.
  return Math.max(1e-6, Math.min(before, after, photo));
}
