import type { Rle } from '../../core/regions/rle.js';

/** A part of a photo in its pixels. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The edges between pixels in and out of the mask, as lines in photo pixels, within a region. */
export function outlineOfRle({ size: [height], counts }: Rle, region: Region): Path2D {
  const left = Math.max(0, Math.floor(region.x));
  const top = Math.max(0, Math.floor(region.y));
  const columns = Math.ceil(region.x + region.width) - left;
  const rows = Math.ceil(region.y + region.height) - top;
  const mask = new Uint8Array(columns * rows);
  let at = 0;
  counts.forEach((run, i) => {
    const end = at + run;
    if (i % 2 === 1) {
      // Only the columns that the region has.
      const from = Math.max(at, left * height);
      const to = Math.min(end, (left + columns) * height);
      for (let pixel = from; pixel < to; pixel++) {
        const y = (pixel % height) - top;
        if (y >= 0 && y < rows) mask[y * columns + Math.floor(pixel / height) - left] = 1;
      }
    }
    at = end;
  });

  const path = new Path2D();
  const isIn = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < columns && y < rows && mask[y * columns + x] === 1;
  // Neighbouring edges in one line become one line.
  for (let y = 0; y <= rows; y++) {
    for (let x = 0; x < columns; x++) {
      if (isIn(x, y) === isIn(x, y - 1)) continue;
      const start = x;
      while (x < columns && isIn(x, y) !== isIn(x, y - 1)) x++;
      path.moveTo(left + start, top + y);
      path.lineTo(left + x, top + y);
    }
  }
  for (let x = 0; x <= columns; x++) {
    for (let y = 0; y < rows; y++) {
      if (isIn(x, y) === isIn(x - 1, y)) continue;
      const start = y;
      while (y < rows && isIn(x, y) !== isIn(x - 1, y)) y++;
      path.moveTo(left + x, top + start);
      path.lineTo(left + x, top + y);
    }
  }
  return path;
}
