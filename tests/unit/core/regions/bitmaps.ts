import fc from 'fast-check';
import { RegionBuilder } from '../../../../src/core/regions/region.js';
import type { Region } from '../../../../src/core/types.js';

/** Part of a photo, row-major, 0 or 1. */
export interface Bitmap {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The bitmap's pixels, as runs of its columns. */
export function regionOf({ x, y, width, height, data }: Bitmap): Region | undefined {
  const builder = new RegionBuilder();
  for (let column = 0; column < width; column++) {
    for (let from = 0; from < height;) {
      const value = data[from * width + column];
      let to = from + 1;
      while (to < height && data[to * width + column] === value) to++;
      if (value === 1) builder.add(x + column, y + from, y + to);
      from = to;
    }
  }
  return builder.build();
}

/** At most 12 x 12 pixels, at most 6 pixels from the origin. */
export const bitmaps: fc.Arbitrary<Bitmap> = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) =>
    fc.record({
      x: fc.nat(6),
      y: fc.nat(6),
      width: fc.constant(width),
      height: fc.constant(height),
      data: fc
        .array(fc.nat(1), { minLength: width * height, maxLength: width * height })
        .map((data) => Uint8Array.from(data)),
    }),
  );
