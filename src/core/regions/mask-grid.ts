/** From masks that lie in an image to the grids over boxes that everything else works with. */

/** Part of an image: values at the centres of its pixels, row-major from `offset` on. */
export interface Plane {
  readonly data: Float32Array;
  readonly offset: number;
  readonly width: number;
  readonly height: number;
}

/** x, y, width, height in pixels of a plane. */
export type PlaneBox = readonly [number, number, number, number];

/**
 * A `size` x `size` grid over a box: value (i, j) is the plane's at (x + (i + .5) / size * width,
 * y + (j + .5) / size * height), bilinear between pixel centres and clamped at the plane's edge. It undoes the mask
 * rule of `box-grid.ts`, which samples a grid in the same way.
 */
export function sampleGrid(plane: Plane, [x, y, width, height]: PlaneBox, size: number): Float32Array {
  const grid = new Float32Array(size * size);
  const columns = positions(x, width, size, plane.width);
  const rows = positions(y, height, size, plane.height);
  const { data, offset } = plane;
  for (let j = 0; j < size; j++) {
    const above = offset + rows.low[j]! * plane.width;
    const below = offset + rows.high[j]! * plane.width;
    const down = rows.weight[j]!;
    for (let i = 0; i < size; i++) {
      const low = columns.low[i]!;
      const high = columns.high[i]!;
      const across = columns.weight[i]!;
      const top = data[above + low]! * (1 - across) + data[above + high]! * across;
      const bottom = data[below + low]! * (1 - across) + data[below + high]! * across;
      grid[j * size + i] = top * (1 - down) + bottom * down;
    }
  }
  return grid;
}

/** Between which pixels the grid's positions along one axis lie, and `weight` of the way. */
function positions(start: number, length: number, size: number, limit: number) {
  const low = new Int32Array(size);
  const high = new Int32Array(size);
  const weight = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const at = Math.min(limit - 1, Math.max(0, start + ((i + 0.5) / size) * length - 0.5));
    low[i] = Math.floor(at);
    high[i] = Math.min(limit - 1, low[i]! + 1);
    weight[i] = at - low[i]!;
  }
  return { low, high, weight };
}
