/**
 * The mask rule: the centre (x + .5, y + .5) of a photo pixel samples the M x M grid bilinearly at
 * ((x + .5 - x1) / w M - .5, (y + .5 - y1) / h M - .5), clamped at the grid's edge. The pixel belongs to the
 * defect when its centre lies in the box and in the photo and the value is at least .5.
 */
import type { Box } from '../types.js';
import type { Bitmap } from './bitmap.js';

/** Probabilities on a `size` x `size` grid stretched over a box, as networks give masks. */
export interface BoxGrid {
  readonly box: Box;
  readonly size: number;
  /** Row-major, 0..1. */
  readonly data: Float32Array;
}

/** The value from which on a point belongs to the defect. */
export const MASK_LEVEL = 0.5;

/** Where pixels along one axis sample the grid: between `low` and `high`, `weight` of the way. */
interface Samples {
  /** The first pixel of the photo whose centre lies in the box. */
  readonly first: number;
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly weight: Float64Array;
  /** The pixels between two grid values: from `cells[i]` up to `cells[i + 1]`. */
  readonly cells: readonly number[];
}

function pixelSamples(start: number, length: number, size: number, limit: number): Samples {
  const first = Math.min(limit, Math.max(0, Math.ceil(start - 0.5)));
  const count = Math.max(0, Math.min(limit, Math.ceil(start + length - 0.5)) - first) || 0;
  const low = new Int32Array(count);
  const high = new Int32Array(count);
  const weight = new Float64Array(count);
  const cells: number[] = [];
  for (let i = 0; i < count; i++) {
    const u = Math.min(size - 1, Math.max(0, ((first + i + 0.5 - start) / length) * size - 0.5));
    low[i] = Math.floor(u);
    high[i] = Math.min(low[i]! + 1, size - 1);
    weight[i] = u - low[i]!;
    if (i === 0 || low[i] !== low[i - 1]) cells.push(i);
  }
  return { first, low, high, weight, cells: [...cells, count] };
}

/**
 * Visits the mask's pixels as runs `from` <= x < `to` of row `y`, counted from the first samples. Between two grid
 * values a row is linear, so that only cells whose ends lie on either side of the level are looked at pixel by pixel.
 */
function visitRuns(
  grid: BoxGrid,
  xs: Samples,
  ys: Samples,
  visit: (y: number, from: number, to: number) => void,
): void {
  const { size, data } = grid;
  const width = xs.low.length;
  const row = new Float64Array(size);
  for (let y = 0; y < ys.low.length; y++) {
    const above = ys.low[y]! * size;
    const below = ys.high[y]! * size;
    const down = ys.weight[y]!;
    for (let i = 0; i < size; i++) row[i] = data[above + i]! * (1 - down) + data[below + i]! * down;

    let from = -1;
    for (let cell = 0; cell + 1 < xs.cells.length; cell++) {
      const start = xs.cells[cell]!;
      const left = row[xs.low[start]!]!;
      const right = row[xs.high[start]!]!;
      const isUniform = left >= MASK_LEVEL === right >= MASK_LEVEL;
      const end = isUniform ? start + 1 : xs.cells[cell + 1]!;
      for (let x = start; x < end; x++) {
        const across = xs.weight[x]!;
        const isInside = (isUniform ? left : left * (1 - across) + right * across) >= MASK_LEVEL;
        if (isInside === from >= 0) continue;
        if (!isInside) visit(y, from, x);
        from = isInside ? x : -1;
      }
    }
    if (from >= 0) visit(y, from, width);
  }
}

/** The pixels of a grid in a photo of `imageWidth` x `imageHeight` pixels, clipped to the photo. */
export function rasterizeGrid(grid: BoxGrid, imageWidth: number, imageHeight: number): Bitmap {
  const { box, size } = grid;
  const xs = pixelSamples(box[0], box[2], size, imageWidth);
  const ys = pixelSamples(box[1], box[3], size, imageHeight);
  const width = xs.low.length;
  const height = ys.low.length;
  const data = new Uint8Array(width * height);
  visitRuns(grid, xs, ys, (y, from, to) => data.fill(1, y * width + from, y * width + to));
  return { x: xs.first, y: ys.first, width, height, data };
}
