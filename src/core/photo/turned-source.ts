import type { PixelSource } from '../pipeline/pixels.js';
import { isSideways, turnUpright, type Orientation } from './exif.js';

/** A photo upright, of which the file holds the pixels otherwise: what is read is turned, and not all of it at once. */
export function turnedSource(stored: PixelSource, orientation: Orientation): PixelSource {
  if (orientation === 1) return stored;
  const [width, height] = isSideways(orientation)
    ? [stored.height, stored.width]
    : [stored.width, stored.height];
  // From the stored image's other end.
  const isFromRight = [2, 3, 7, 8].includes(orientation);
  const isFromBottom = [3, 4, 6, 7].includes(orientation);
  let upright = new Uint32Array();
  return {
    ...stored,
    width,
    height,
    read(x, y, columns, rows) {
      const [left, top, across, down] = isSideways(orientation)
        ? [y, x, rows, columns]
        : [x, y, columns, rows];
      const data = stored.read(
        isFromRight ? stored.width - left - across : left,
        isFromBottom ? stored.height - top - down : top,
        across,
        down,
      );
      if (upright.length < columns * rows) upright = new Uint32Array(columns * rows);
      turnUpright({ data, width: across, height: down }, orientation, upright);
      return new Uint8ClampedArray(upright.buffer, 0, columns * rows * 4);
    },
  };
}
