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
  const { step, cells } = view;
  const shares = new Float64Array(cells.width * cells.height);
  // What of the part has cells; in photo pixels from its corner.
  const right = Math.min(view.width, cells.width * step);
  const bottom = Math.min(view.height, cells.height * step);
  visitColumns(region, (column, from, to) => {
    const left = Math.max(0, region.x + column - view.x);
    const end = Math.min(right, region.x + column + 1 - view.x);
    const top = Math.max(0, region.y + from - view.y);
    const foot = Math.min(bottom, region.y + to - view.y);
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
