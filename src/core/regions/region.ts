/**
 * The one mask representation: run lengths within a box of whole photo pixels, column by column, starting with a run of
 * zeros: COCO's rule, on the box. Whatever a network, a score map or a person's brush gives becomes this.
 */
import type { Box, Detection, Region } from '../types.js';
import type { Bitmap } from './bitmap.js';
import { rleFromChanges, type Rle } from './rle.js';

/** The bitmap's pixels as a region whose box is their extent; undefined where it has none. */
export function regionFromBitmap(bitmap: Bitmap): Region | undefined {
  const extent = extentOf(bitmap);
  if (!extent) return undefined;
  const { left, top, width, height } = extent;
  const counts: number[] = [];
  let value = 0;
  let run = 0;
  for (let x = left; x < left + width; x++) {
    let at = top * bitmap.width + x;
    for (let y = 0; y < height; y++, at += bitmap.width) {
      if (bitmap.data[at] !== value) {
        counts.push(run);
        run = 0;
        value = 1 - value;
      }
      run++;
    }
  }
  counts.push(run);
  return { x: bitmap.x + left, y: bitmap.y + top, width, height, counts: Uint32Array.from(counts) };
}

function extentOf({ data, width, height }: Bitmap) {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * width, (y + 1) * width);
    const first = row.indexOf(1);
    if (first < 0) continue;
    left = Math.min(left, first);
    right = Math.max(right, row.lastIndexOf(1));
    top = Math.min(top, y);
    bottom = y;
  }
  return right < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** The region's box, row-major. @throws {RangeError} when the runs don't fill the box */
export function regionToBitmap(region: Region): Bitmap {
  const { x, y, width, height } = region;
  const data = new Uint8Array(width * height);
  visitColumns(region, (column, from, to) => {
    for (let row = from; row < to; row++) data[row * width + column] = 1;
  });
  return { x, y, width, height, data };
}

/** The stretches of each column that belong to the region, in pixels of its box. */
function visitColumns(
  { width, height, counts }: Region,
  visit: (column: number, from: number, to: number) => void,
): void {
  let at = 0;
  counts.forEach((run, i) => {
    const end = at + run;
    if (end > width * height) throw new RangeError(`The runs don't fit into ${width} x ${height} pixels.`);
    // A run may go on in the next column.
    for (let start = at; i % 2 === 1 && start < end;) {
      const column = Math.floor(start / height);
      const stop = Math.min(end, (column + 1) * height);
      visit(column, start - column * height, stop - column * height);
      start = stop;
    }
    at = end;
  });
  if (at !== width * height) throw new RangeError(`The runs don't fill ${width} x ${height} pixels.`);
}

/** Number of pixels. */
export function regionArea({ counts }: Region): number {
  let area = 0;
  for (let i = 1; i < counts.length; i += 2) area += counts[i]!;
  return area;
}

/** `[x, y, width, height]`, the region's extent. */
export const regionBox = ({ x, y, width, height }: Region): Box => [x, y, width, height];

/** The same pixels in a picture whose origin lies elsewhere. */
export const moveRegion = (region: Region, dx: number, dy: number): Region => ({
  ...region,
  x: region.x + dx,
  y: region.y + dy,
});

/** As a mask of the whole photo. @throws {RangeError} when the region reaches beyond the photo */
export function regionToRle(region: Region, imageWidth: number, imageHeight: number): Rle {
  const { x, y, width, height } = region;
  if (x < 0 || y < 0 || x + width > imageWidth || y + height > imageHeight) {
    throw new RangeError(`The region reaches beyond a photo of ${imageWidth} x ${imageHeight} pixels.`);
  }
  const changes: number[] = [];
  visitColumns(region, (column, from, to) => {
    const start = (x + column) * imageHeight + y;
    // Where the box is as high as the photo, one column's end may be the next one's beginning.
    if (changes.at(-1) === start + from) changes.pop();
    else changes.push(start + from);
    changes.push(start + to);
  });
  if (changes.at(-1) === imageWidth * imageHeight) changes.pop();
  return rleFromChanges(changes, imageWidth, imageHeight);
}

/** The detection's mask for a whole photo of `width` x `height` pixels: row-major, 0 or 1; clipped to that size. */
export function rasterize({ mask }: Pick<Detection, 'mask'>, width: number, height: number): Uint8Array {
  const full = new Uint8Array(width * height);
  visitColumns(mask, (column, from, to) => {
    const x = mask.x + column;
    if (x < 0 || x >= width) return;
    const last = Math.min(height, mask.y + to);
    for (let y = Math.max(0, mask.y + from); y < last; y++) full[y * width + x] = 1;
  });
  return full;
}
