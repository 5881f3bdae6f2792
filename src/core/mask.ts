/**
 * The mask rule: the centre (x + .5, y + .5) of a photo pixel samples the M x M grid bilinearly at
 * ((x + .5 - x1) / w M - .5, (y + .5 - y1) / h M - .5), clamped at the grid's edge. The pixel belongs to the
 * defect when its centre lies in the box and in the photo and the value is at least .5.
 */
import type { BoxMask, Detection } from './types.js';

/** The value from which on a point belongs to the defect. */
export const MASK_LEVEL = 0.5;

/** A part of a photo; `data` is row-major and holds 0 or 1. */
export interface Bitmap {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The grid's probabilities, 0..1, whatever the mask was transported as. What is not a number counts as 0. */
export function gridValues(mask: BoxMask): Float64Array {
  const full = mask.data instanceof Uint8Array ? 255 : 1;
  return Float64Array.from(mask.data, (value) => value / full || 0);
}

/** Where pixels along one axis sample the grid: between `low` and `high`, `weight` of the way. */
interface Samples {
  readonly first: number;
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly weight: Float64Array;
}

function pixelSamples(start: number, length: number, size: number, limit: number): Samples {
  const first = Math.min(limit, Math.max(0, Math.ceil(start - 0.5)));
  const count = Math.max(0, Math.min(limit, Math.ceil(start + length - 0.5)) - first);
  const low = new Int32Array(count);
  const high = new Int32Array(count);
  const weight = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const u = Math.min(size - 1, Math.max(0, ((first + i + 0.5 - start) / length) * size - 0.5));
    low[i] = Math.floor(u);
    high[i] = Math.min(low[i]! + 1, size - 1);
    weight[i] = u - low[i]!;
  }
  return { first, low, high, weight };
}

/** The pixels of a box in a photo of `imageWidth` x `imageHeight` pixels, clipped to the photo. */
export function rasterizeBox(
  { box, mask }: Pick<Detection, 'box' | 'mask'>,
  imageWidth: number,
  imageHeight: number,
): Bitmap {
  const [left, top, boxWidth, boxHeight] = box;
  const { size } = mask;
  const grid = gridValues(mask);
  const xs = pixelSamples(left, boxWidth, size, imageWidth);
  const ys = pixelSamples(top, boxHeight, size, imageHeight);
  const width = xs.low.length;
  const height = ys.low.length;
  const data = new Uint8Array(width * height);
  const row = new Float64Array(size);
  for (let y = 0; y < height; y++) {
    const above = ys.low[y]! * size;
    const below = ys.high[y]! * size;
    const w = ys.weight[y]!;
    for (let i = 0; i < size; i++) row[i] = grid[above + i]! * (1 - w) + grid[below + i]! * w;
    for (let x = 0, to = y * width; x < width; x++, to++) {
      const v = xs.weight[x]!;
      if (row[xs.low[x]!]! * (1 - v) + row[xs.high[x]!]! * v >= MASK_LEVEL) data[to] = 1;
    }
  }
  return { x: xs.first, y: ys.first, width, height, data };
}

/** The detection's mask for a whole photo of `width` x `height` pixels: row-major, 0 or 1. */
export function rasterize(
  detection: Pick<Detection, 'box' | 'mask'>,
  width: number,
  height: number,
): Uint8Array {
  const part = rasterizeBox(detection, width, height);
  const full = new Uint8Array(width * height);
  for (let y = 0; y < part.height; y++) {
    const row = part.data.subarray(y * part.width, (y + 1) * part.width);
    full.set(row, (part.y + y) * width + part.x);
  }
  return full;
}

/** Area in pixels. */
export function maskArea(bitmap: Pick<Bitmap, 'data'>): number {
  let area = 0;
  for (const pixel of bitmap.data) area += pixel;
  return area;
}
