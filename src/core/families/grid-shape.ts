import { rasterizeGrid, type BoxGrid } from '../regions/box-grid.js';
import { traceContours } from '../regions/contour.js';
import { regionFromBitmap } from '../regions/region.js';
import type { Shape, ViewSize } from './family.js';

/** Pixels and outline of a mask that came as a grid over a box; undefined where no pixel reaches the level. */
export function gridShape(grid: BoxGrid, { width, height }: ViewSize): Shape | undefined {
  const region = regionFromBitmap(rasterizeGrid(grid, width, height));
  return region && { region, contours: traceContours(grid, width, height) };
}
