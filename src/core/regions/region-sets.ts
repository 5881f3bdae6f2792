/** Regions as sets of pixels: what two have in common, what several hold together, what of one lies in a rectangle or not in another. */
import { containsRect, intersectRects, type Rect } from '../rect.js';
import type { Region } from '../types.js';
import { ColumnRuns } from './column-runs.js';
import { RegionBuilder, visitColumns } from './region.js';

/**
 * A region made ready for comparing: its runs, found by column, so that a comparison takes time for the columns that it is
 * about and no others.
 */
export class RegionColumns implements Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Number of pixels. */
  readonly area: number;
  /** First row of each run, and the row after its last one, in photo pixels: column by column, from top to bottom. */
  private readonly rows: Int32Array;
  /** Where each column's runs begin in `rows`, and, last, where all end. */
  private readonly starts: Uint32Array;

  /** @throws {RangeError} when the runs don't fill the region's box */
  constructor(region: Region) {
    const { x, y, width, height } = region;
    this.x = x;
    this.y = y;
    this.width = width;
    this.height = height;
    const rows: number[] = [];
    this.starts = new Uint32Array(width + 1);
    let area = 0;
    visitColumns(region, (column, from, to) => {
      rows.push(y + from, y + to);
      this.starts[column + 1] = rows.length;
      area += to - from;
    });
    // A column without a run ends where the one before it does.
    for (let i = 1; i <= width; i++) this.starts[i] = Math.max(this.starts[i]!, this.starts[i - 1]!);
    this.rows = Int32Array.from(rows);
    this.area = area;
  }

  /** The runs of a column of the photo: rows `from` <= y < `to`, from top to bottom. */
  visitColumn(x: number, visit: (from: number, to: number) => void): void {
    const column = x - this.x;
    if (column < 0 || column >= this.width) return;
    for (let i = this.starts[column]!; i < this.starts[column + 1]!; i += 2) {
      visit(this.rows[i]!, this.rows[i + 1]!);
    }
  }

  /** Number of pixels in a rectangle. */
  areaWithin(rect: Rect): number {
    if (containsRect(rect, this)) return this.area;
    const common = intersectRects(this, rect);
    if (!common) return 0;
    const bottom = common.y + common.height;
    const { rows } = this;
    let area = 0;
    const end = this.starts[common.x + common.width - this.x]!;
    for (let i = this.starts[common.x - this.x]!; i < end; i += 2) {
      area += Math.max(0, Math.min(rows[i + 1]!, bottom) - Math.max(rows[i]!, common.y));
    }
    return area;
  }

  /** Number of pixels that both regions hold, in a rectangle or altogether. */
  sharedArea(other: RegionColumns, within: Rect = other): number {
    const box = intersectRects(this, other);
    const common = box && intersectRects(box, within);
    if (!common) return 0;
    const { rows } = this;
    const others = other.rows;
    const bottom = common.y + common.height;
    let area = 0;
    for (let x = common.x; x < common.x + common.width; x++) {
      let i = this.starts[x - this.x]!;
      let j = other.starts[x - other.x]!;
      const endI = this.starts[x - this.x + 1]!;
      const endJ = other.starts[x - other.x + 1]!;
      while (i < endI && j < endJ) {
        const to = Math.min(rows[i + 1]!, others[j + 1]!);
        const from = Math.max(rows[i]!, others[j]!, common.y);
        area += Math.max(0, Math.min(to, bottom) - from);
        if (rows[i + 1] === to) i += 2;
        else j += 2;
      }
    }
    return area;
  }
}

/** The pixels that any of the regions holds. @throws {RangeError} where there is no region */
export function uniteRegions(regions: readonly Region[]): Region {
  const runs = new ColumnRuns();
  for (const region of regions) {
    visitColumns(region, (column, from, to) => runs.add(region.x + column, region.y + from, region.y + to));
  }
  const union = runs.build();
  if (!union) throw new RangeError('Nothing was to be united.');
  return union;
}

/** The pixels of a region that another one does not hold; undefined where none is left. */
export function subtractRegion(region: Region, taken: Region): Region | undefined {
  if (!intersectRects(region, taken)) return region;
  const others = new RegionColumns(taken);
  const builder = new RegionBuilder();
  visitColumns(region, (column, from, to) => {
    const x = region.x + column;
    const end = region.y + to;
    let begin = region.y + from;
    others.visitColumn(x, (top, bottom) => {
      if (bottom <= begin || top >= end) return;
      if (top > begin) builder.add(x, begin, top);
      begin = bottom;
    });
    if (begin < end) builder.add(x, begin, end);
  });
  return builder.build();
}
