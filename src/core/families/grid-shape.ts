import { gridRegion, type BoxGrid } from '../regions/box-grid.js';
import { traceContours } from '../regions/contour.js';
import type { Size } from '../rect.js';
import type { Shape } from './family.js';

/** Pixels and outline of a mask that came as a grid over a box; undefined where no pixel reaches the level. */
export function gridShape(grid: BoxGrid, { width, height }: Size): Shape | undefined {
  const region = gridRegion(grid, width, height);
  if (!region) return undefined;
  const contours = traceContours(grid, width, height);
  // A sliver that is thinner than a thousandth of a pixel has no outline, but may have pixels: they are to be seen.
  return { region, contours: contours.length > 0 ? contours : [outlineOfBox(region)] };
}

const outlineOfBox = ({ x, y, width, height }: Shape['region']): Float32Array =>
  Float32Array.of(x, y, x + width, y, x + width, y + height, x, y + height);
