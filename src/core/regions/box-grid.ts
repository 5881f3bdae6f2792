/**
 * The mask rule: the centre (x + .5, y + .5) of a photo pixel samples the M x M grid bilinearly at
 * ((x + .5 - x1) / w M - .5, (y + .5 - y1) / h M - .5), clamped at the grid's edge. The pixel belongs to the
 * defect when its centre lies in the box and in the photo and the value is at least .5.
 */
import type { Box, Region } from '../types.js';
import { RegionBuilder } from './region.js';

/** Probabilities on a grid stretched over a box: networks give masks of `size` x `size`. */
export interface BoxGrid {
  readonly box: Box;
  /** Columns, and rows as well unless `rows` says otherwise. */
  readonly size: number;
  readonly rows?: number;
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
 * The pixels of a grid in a photo of `imageWidth` x `imageHeight` pixels, clipped to the photo; undefined where there are none.
 * Between two grid values a row is linear, so that only stretches whose ends lie on either side of the level are looked at
 * pixel by pixel; the columns between two grid values share their stretches.
 */
export function gridRegion(
  { box, size, rows = size, data }: BoxGrid,
  imageWidth: number,
  imageHeight: number,
): Region | undefined {
  const xs = pixelSamples(box[0], box[2], size, imageWidth);
  const ys = pixelSamples(box[1], box[3], rows, imageHeight);
  const height = ys.low.length;
  /** The grid's columns at the photo's rows: column `i` begins at `i * height`. */
  const columns = new Float64Array(size * height);
  for (let y = 0; y < height; y++) {
    const above = ys.low[y]! * size;
    const below = ys.high[y]! * size;
    const down = ys.weight[y]!;
    for (let i = 0; i < size; i++) {
      columns[i * height + y] = data[above + i]! * (1 - down) + data[below + i]! * down;
    }
  }
  const builder = new RegionBuilder();
  for (let cell = 0; cell + 1 < xs.cells.length; cell++) {
    const start = xs.cells[cell]!;
    const left = columns.subarray(xs.low[start]! * height, (xs.low[start]! + 1) * height);
    const right = columns.subarray(xs.high[start]! * height, (xs.high[start]! + 1) * height);
    const stretches = stretchesOf(left, right);
    for (let x = start; x < xs.cells[cell + 1]!; x++) {
      addColumn(builder, xs.first + x, ys.first, stretches, left, right, xs.weight[x]!);
    }
  }
  return builder.build();
}

/** Rows `from` <= y < `to` between two grid columns. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Whether all of it belongs to the mask, or nothing; undefined where it has to be looked at. */
  readonly isInside: boolean | undefined;
}

function stretchesOf(left: Float64Array, right: Float64Array): Stretch[] {
  const stretches: Stretch[] = [];
  const stateAt = (y: number) => {
    const isLeft = left[y]! >= MASK_LEVEL;
    return isLeft === right[y]! >= MASK_LEVEL ? isLeft : undefined;
  };
  for (let from = 0; from < left.length;) {
    const isInside = stateAt(from);
    let to = from + 1;
    while (to < left.length && stateAt(to) === isInside) to++;
    if (isInside !== false) stretches.push({ from, to, isInside });
    from = to;
  }
  return stretches;
}

function addColumn(
  builder: RegionBuilder,
  column: number,
  top: number,
  stretches: readonly Stretch[],
  left: Float64Array,
  right: Float64Array,
  across: number,
): void {
  let begin = -1;
  let end = -1;
  const flush = () => {
    if (begin >= 0) builder.add(column, top + begin, top + end);
  };
  const extend = (from: number, to: number) => {
    if (from !== end) {
      flush();
      begin = from;
    }
    end = to;
  };
  for (const { from, to, isInside } of stretches) {
    if (isInside) {
      extend(from, to);
      continue;
    }
    for (let y = from; y < to; y++) {
      if (left[y]! * (1 - across) + right[y]! * across >= MASK_LEVEL) extend(y, y + 1);
    }
  }
  flush();
}
