import { visitColumns } from '../regions/region.js';
import type { Region } from '../types.js';
import { cellAreas, type CellGrid } from './cells.js';

/**
 * How much of each cell a region covers: 0..1 of what of the cell lies within the part, row by row; 0 for padding. Exact: pixels
 * are squares, and a cell's border may run through them.
 *
 * @throws {RangeError} when the region's runs don't fill its box
 */
export function markedShares(region: Region, view: CellGrid): Float64Array {
  const { step, cells, turn } = view;
  const shares = new Float64Array(cells.width * cells.height);
  // What of the part has cells; in photo pixels from its corner.
  const right = Math.min(view.width, cells.width * step);
  const bottom = Math.min(view.height, cells.height * step);
  visitColumns(region, (column, from, to) => {
    const [first, last] = turned(region.x + column - view.x, 1, view.width, turn?.isMirrored);
    const [upper, lower] = turned(region.y + from - view.y, to - from, view.height, turn?.isUpsideDown);
    const left = Math.max(0, first);
    const end = Math.min(right, last);
    const top = Math.max(0, upper);
    const foot = Math.min(bottom, lower);
    if (left >= end || top >= foot) return;
    for (let i = Math.floor(left / step); i < cells.width && i * step < end; i++) {
      const across = Math.min(end, (i + 1) * step) - Math.max(left, i * step);
      for (let j = Math.floor(top / step); j < cells.height && j * step < foot; j++) {
        shares[j * cells.width + i]! += across * (Math.min(foot, (j + 1) * step) - Math.max(top, j * step));
      }
    }
  });
  const areas = cellAreas(view);
  shares.forEach((area, i) => {
    // Sums of many pieces may exceed their whole by rounding.
    shares[i] = areas[i]! > 0 ? Math.max(0, Math.min(1, area / areas[i]!)) : 0;
  });
  return shares;
}

/** Where a stretch of a side begins and ends, once the side is turned round. */
const turned = (from: number, length: number, side: number, isTurned = false): readonly [number, number] =>
  isTurned ? [side - from - length, side - from] : [from, from + length];
