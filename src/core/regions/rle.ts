/**
 * COCO's run-length encoding: pixels column by column, the lengths of runs of 0 and 1 in turn, beginning
 * with 0; as numbers or as COCO's compressed text. Compatible with pycocotools in both directions.
 */
import { numberFromText, numberToText } from './number-text.js';

export interface Rle {
  readonly size: readonly [height: number, width: number];
  readonly counts: readonly number[];
}

/** Encodes a row-major mask of 0 and 1. */
export function encodeRle(mask: Uint8Array, width: number, height: number): Rle {
  const changes: number[] = [];
  let value = 0;
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      if (mask[y * width + x] === value) continue;
      changes.push(x * height + y);
      value = 1 - value;
    }
  }
  return rleFromChanges(changes, width, height);
}

/** The runs between rising positions (column by column) at which the mask changes its value. */
export function rleFromChanges(changes: readonly number[], width: number, height: number): Rle {
  const counts: number[] = [];
  let start = 0;
  for (const change of changes) {
    counts.push(change - start);
    start = change;
  }
  counts.push(width * height - start);
  return { size: [height, width], counts };
}

/** Of the runs of ones alone, each from its start to before its end: rising places, column by column. Runs that touch become one. */
export function rleFromRuns(
  runs: readonly (readonly [start: number, end: number])[],
  width: number,
  height: number,
): Rle {
  const changes: number[] = [];
  for (const [start, end] of runs) {
    if (changes.at(-1) === start) changes.pop();
    else changes.push(start);
    changes.push(end);
  }
  // One at the end of the mask changes nothing.
  if (changes.at(-1) === width * height) changes.pop();
  return rleFromChanges(changes, width, height);
}

/** The mask, row-major, 0 or 1. @throws {RangeError} when the runs don't fill the size. */
export function decodeRle({ size: [height, width], counts }: Rle): Uint8Array {
  if (counts.reduce((sum, run) => sum + run, 0) !== width * height) {
    throw new RangeError(`The runs don't add up to ${width} x ${height} pixels.`);
  }
  const mask = new Uint8Array(width * height);
  let at = 0;
  counts.forEach((run, i) => {
    for (const end = at + run; at < end; at++) {
      if (i % 2) mask[(at % height) * width + Math.floor(at / height)] = 1;
    }
  });
  return mask;
}

/** COCO's compressed text: runs as differences to the one but last. */
export function rleToString({ counts }: { readonly counts: readonly number[] | Uint32Array }): string {
  let text = '';
  counts.forEach((run, i) => {
    text += numberToText(i > 2 ? run - counts[i - 2]! : run);
  });
  return text;
}

/** @throws {RangeError} when the text is no compressed RLE. */
export function rleFromString(text: string, size: Rle['size']): Rle {
  const counts: number[] = [];
  for (let at = 0; at < text.length;) {
    const { value, next } = numberFromText(text, at);
    counts.push(counts.length > 2 ? value + counts[counts.length - 2]! : value);
    at = next;
  }
  return { size, counts };
}

/**
 * The mask's pixels within a box `[x, y, width, height]` of whole pixels, as a mask of the box.
 *
 * @throws {RangeError} when the box reaches beyond the mask.
 */
export function rleCrop({ size: [height, width], counts }: Rle, box: readonly number[]): Rle {
  const [x, y, boxWidth, boxHeight] = box as [number, number, number, number];
  if (!(x >= 0 && y >= 0 && x + boxWidth <= width && y + boxHeight <= height)) {
    throw new RangeError(`The box reaches beyond a mask of ${width} x ${height} pixels.`);
  }
  const runs: (readonly [start: number, end: number])[] = [];
  let end = 0;
  counts.forEach((run, i) => {
    const start = end;
    end += run;
    if (i % 2 === 0 || run === 0) return;
    const last = Math.min(x + boxWidth - 1, Math.floor((end - 1) / height));
    for (let column = Math.max(x, Math.floor(start / height)); column <= last; column++) {
      const from = Math.max(y, start - column * height) - y;
      const to = Math.min(y + boxHeight, end - column * height) - y;
      const top = (column - x) * boxHeight;
      if (from < to) runs.push([top + from, top + to]);
    }
  });
  return rleFromRuns(runs, boxWidth, boxHeight);
}

/** Number of pixels in the mask. */
export function rleArea({ counts }: Rle): number {
  let area = 0;
  for (let i = 1; i < counts.length; i += 2) area += counts[i]!;
  return area;
}

/** The smallest box `[x, y, width, height]` around the mask's pixels; all 0 when it has none. */
export function rleBox({ size: [height], counts }: Rle): [number, number, number, number] {
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  let end = 0;
  counts.forEach((run, i) => {
    const start = end;
    end += run;
    if (i % 2 === 0 || run === 0) return;
    const firstColumn = Math.floor(start / height);
    const lastColumn = Math.floor((end - 1) / height);
    left = Math.min(left, firstColumn);
    right = Math.max(right, lastColumn + 1);
    // A run that goes on in the next column holds the bottom of one and the top of the other.
    const isOneColumn = firstColumn === lastColumn;
    top = Math.min(top, isOneColumn ? start % height : 0);
    bottom = Math.max(bottom, isOneColumn ? ((end - 1) % height) + 1 : height);
  });
  return right > 0 ? [left, top, right - left, bottom - top] : [0, 0, 0, 0];
}

/**
 * Goes through two masks side by side in stretches over which neither changes.
 *
 * @throws {RangeError} when they are of different size.
 */
function sweepRles(a: Rle, b: Rle, visit: (length: number, inA: boolean, inB: boolean) => void): void {
  if (a.size[0] !== b.size[0] || a.size[1] !== b.size[1]) {
    throw new RangeError('Masks of different size have nothing in common.');
  }
  let i = 0;
  let j = 0;
  let leftA = a.counts[0]!;
  let leftB = b.counts[0]!;
  while (i < a.counts.length && j < b.counts.length) {
    const length = Math.min(leftA, leftB);
    if (length > 0) visit(length, i % 2 === 1, j % 2 === 1);
    leftA -= length;
    leftB -= length;
    if (leftA === 0) leftA = a.counts[++i]!;
    if (leftB === 0) leftB = b.counts[++j]!;
  }
}

/** Number of pixels that both masks hold. @throws {RangeError} when they are of different size. */
export function rleIntersection(a: Rle, b: Rle): number {
  let intersection = 0;
  sweepRles(a, b, (length, inA, inB) => {
    if (inA && inB) intersection += length;
  });
  return intersection;
}

/**
 * Intersection over union. With `crowd`, `b` is a region that holds many objects: the intersection over the
 * area of `a` alone. 0 when there is nothing to divide by.
 *
 * @throws {RangeError} when the masks are of different size.
 */
export function rleIou(a: Rle, b: Rle, crowd = false): number {
  const intersection = rleIntersection(a, b);
  if (intersection === 0) return 0;
  return intersection / (crowd ? rleArea(a) : rleArea(a) + rleArea(b) - intersection);
}

/** The pixels that any of the masks holds. @throws {RangeError} when the masks are of different size. */
export function rleUnion(masks: readonly Rle[], size: Rle['size']): Rle {
  const [height, width] = size;
  if (masks.length < 2) return unite({ size, counts: [width * height] }, masks[0]);
  // Two halves at a time, so that of many masks none is gone through more often than the logarithm of their number.
  const half = masks.length >> 1;
  return unite(rleUnion(masks.slice(0, half), size), rleUnion(masks.slice(half), size));
}

function unite(a: Rle, b: Rle | undefined): Rle {
  if (!b) return a;
  const changes: number[] = [];
  let at = 0;
  let value = false;
  sweepRles(a, b, (length, inA, inB) => {
    if ((inA || inB) !== value) changes.push(at);
    value = inA || inB;
    at += length;
  });
  return rleFromChanges(changes, a.size[1], a.size[0]);
}
