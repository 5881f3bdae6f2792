import { READ_PIXELS, type Pixels, type PixelSource } from '../pipeline/pixels.js';
import type { Rect } from '../rect.js';

/** Pixels of a picture of the whole: 32 MB. */
const MOST_PIXELS = 8e6;
/** Pixels on a side of it: canvases of some browsers draw no larger ones. */
const MOST_SIDE = 8192;

/** A power of two: so many photo pixels along each side are one of the picture of the whole. */
export function stepOfWhole(width: number, height: number): number {
  let step = 1;
  while ((width * height) / step ** 2 > MOST_PIXELS || Math.max(width, height) / step > MOST_SIDE) step *= 2;
  return step;
}

/** The largest step, a power of two, of no more than `ratio` photo pixels along each side; at least 1. */
export const stepWithin = (ratio: number): number => 2 ** Math.max(0, Math.floor(Math.log2(ratio)));

/**
 * A part of a photo with `step` x `step` of its pixels in one, their mean; those at the right and lower edge may stand for fewer.
 * Opaque.
 */
export function shrink(
  source: PixelSource,
  { x, y, width, height }: Rect,
  step: number,
): Pixels & { readonly data: Uint8ClampedArray<ArrayBuffer> } {
  const columns = Math.ceil(width / step);
  const rows = Math.ceil(height / step);
  const data = new Uint8ClampedArray(columns * rows * 4).fill(255);
  const band = step * Math.max(1, Math.floor(READ_PIXELS / width / step));
  for (let top = 0; top < height; top += band) {
    const down = Math.min(band, height - top);
    const pixels = source.read(x, y + top, width, down);
    let to = (top / step) * columns * 4;
    for (let cellY = 0; cellY < down; cellY += step) {
      const endY = Math.min(cellY + step, down);
      for (let cellX = 0; cellX < width; cellX += step, to += 4) {
        const endX = Math.min(cellX + step, width);
        let red = 0;
        let green = 0;
        let blue = 0;
        for (let row = cellY; row < endY; row++) {
          const end = (row * width + endX) * 4;
          for (let i = (row * width + cellX) * 4; i < end; i += 4) {
            red += pixels[i]!;
            green += pixels[i + 1]!;
            blue += pixels[i + 2]!;
          }
        }
        const count = (endY - cellY) * (endX - cellX);
        data[to] = red / count;
        data[to + 1] = green / count;
        data[to + 2] = blue / count;
      }
    }
  }
  return { data, width: columns, height: rows };
}
