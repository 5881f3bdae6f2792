/**
 * The one mask representation: run lengths within a box of whole photo pixels, column by column, starting with a run of
 * zeros: COCO's rule, on the box. Whatever a network, a score map or a person's brush gives becomes this.
 */
import type { Box, Detection, Region } from '../types.js';
import { rleFromRuns, type Rle } from './rle.js';

/** Makes a region of its runs, whose box is their extent. */
export class RegionBuilder {
  /** Column, first row, and the row after the last one, of one run after the other. */
  private readonly runs: number[] = [];
  private top = Infinity;
  private bottom = 0;

  /**
   * Adds the pixels `from` <= y < `to` of a column. Columns come from left to right, and a column's runs from top to
   * bottom.
   */
  add(column: number, from: number, to: number): void {
    this.runs.push(column, from, to);
    this.top = Math.min(this.top, from);
    this.bottom = Math.max(this.bottom, to);
  }

  /** Undefined where there is no pixel. */
  build(): Region | undefined {
    const { runs, top } = this;
    if (runs.length === 0) return undefined;
    const x = runs[0]!;
    const width = runs[runs.length - 3]! + 1 - x;
    const height = this.bottom - top;
    const counts: number[] = [];
    let end = 0;
    for (let i = 0; i < runs.length; i += 3) {
      const column = (runs[i]! - x) * height - top;
      const from = column + runs[i + 1]!;
      const to = column + runs[i + 2]!;
      // Where a column's end is the next one's beginning, one run goes on.
      if (from === end && counts.length > 0) counts[counts.length - 1]! += to - from;
      else counts.push(from - end, to - from);
      end = to;
    }
    if (end < width * height) counts.push(width * height - end);
    return { x, y: top, width, height, counts: Uint32Array.from(counts) };
  }
}

/** The stretches of each column that belong to the region, in pixels of its box, as `RegionBuilder.add` takes them. */
export function visitColumns(
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

/** As a mask of the whole photo. @throws {RangeError} when the region reaches beyond the photo */
export function regionToRle(region: Region, imageWidth: number, imageHeight: number): Rle {
  const { x, y, width, height } = region;
  if (x < 0 || y < 0 || x + width > imageWidth || y + height > imageHeight) {
    throw new RangeError(`The region reaches beyond a photo of ${imageWidth} x ${imageHeight} pixels.`);
  }
  const runs: (readonly [start: number, end: number])[] = [];
  visitColumns(region, (column, from, to) => {
    const start = (x + column) * imageHeight + y;
    runs.push([start + from, start + to]);
  });
  return rleFromRuns(runs, imageWidth, imageHeight);
}

/** The pixels of a photo's mask; undefined where there is none. @throws {RangeError} when the runs don't fill the size */
export function regionFromRle({ size: [height, width], counts }: Rle): Region | undefined {
  const builder = new RegionBuilder();
  const photo = { x: 0, y: 0, width, height, counts: Uint32Array.from(counts) };
  visitColumns(photo, (x, from, to) => builder.add(x, from, to));
  return builder.build();
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
