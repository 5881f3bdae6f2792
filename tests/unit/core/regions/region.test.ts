import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  rasterize,
  regionArea,
  regionBox,
  regionFromRle,
  regionToRle,
} from '../../../../src/core/regions/region.js';
import { decodeRle, encodeRle, rleArea, rleBox } from '../../../../src/core/regions/rle.js';
import type { Region } from '../../../../src/core/types.js';
import { bitmaps, regionOf, type Bitmap } from './bitmaps.js';

/** A photo and a bitmap within it. */
const parts = fc
  .record({ bitmap: bitmaps, right: fc.nat(4), below: fc.nat(4) })
  .map(({ bitmap, right, below }) => ({
    bitmap,
    imageWidth: bitmap.x + bitmap.width + right,
    imageHeight: bitmap.y + bitmap.height + below,
  }));

/** The bitmap's pixels in the whole photo, laid out one by one. */
function layOut({ x, y, width, data }: Bitmap, imageWidth: number, imageHeight: number): Uint8Array {
  const full = new Uint8Array(imageWidth * imageHeight);
  data.forEach((value, i) => {
    full[(y + Math.floor(i / width)) * imageWidth + x + (i % width)] = value;
  });
  return full;
}

describe('a region', () => {
  it('holds a bitmap’s pixels within their extent', () => {
    fc.assert(
      fc.property(parts, ({ bitmap, imageWidth, imageHeight }) => {
        const full = layOut(bitmap, imageWidth, imageHeight);
        const region = regionOf(bitmap);
        const rle = encodeRle(full, imageWidth, imageHeight);
        if (!region) {
          expect(full).not.toContain(1);
          return;
        }
        expect(rasterize({ mask: region }, imageWidth, imageHeight)).toEqual(full);
        expect(regionArea(region)).toBe(rleArea(rle));
        expect(regionBox(region)).toEqual(rleBox(rle));
        expect(regionToRle(region, imageWidth, imageHeight)).toEqual(rle);
        expect(decodeRle(regionToRle(region, imageWidth, imageHeight))).toEqual(full);
        expect(regionFromRle(rle)).toEqual(region);
      }),
    );
  });

  it('alternates runs that fill its box, beginning with zeros', () => {
    fc.assert(
      fc.property(parts, ({ bitmap }) => {
        const region = regionOf(bitmap);
        if (!region) return;
        const counts = Array.from(region.counts);
        expect(counts.reduce((sum, run) => sum + run, 0)).toBe(region.width * region.height);
        expect(counts.slice(1)).not.toContain(0);
      }),
    );
  });

  it('is clipped to the size that is asked for', () => {
    const region: Region = { x: -1, y: -1, width: 3, height: 3, counts: Uint32Array.of(0, 9) };
    expect(Array.from(rasterize({ mask: region }, 3, 2))).toEqual([1, 1, 0, 1, 1, 0]);
    expect(() => regionToRle(region, 3, 3)).toThrow(RangeError);
  });

  it.each([[[4, 3]], [[4, 6]], [[10]]])('is refused when its runs %j don’t fill the box', (counts) => {
    const region: Region = { x: 0, y: 0, width: 3, height: 3, counts: Uint32Array.from(counts) };
    expect(() => regionToRle(region, 3, 3)).toThrow(RangeError);
    expect(() => rasterize({ mask: region }, 3, 3)).toThrow(RangeError);
  });
});
