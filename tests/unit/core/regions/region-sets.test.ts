import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rasterize } from '../../../../src/core/regions/region.js';
import { containsRect, intersectRects, type Rect } from '../../../../src/core/rect.js';
import { RegionColumns, subtractRegion, uniteRegions } from '../../../../src/core/regions/region-sets.js';
import type { Region } from '../../../../src/core/types.js';
import { bitmaps, regionOf } from './bitmaps.js';

/** All test regions and rectangles lie in a photo of so many pixels a side. */
const SIDE = 20;

const regions = bitmaps.map(regionOf).filter((region): region is Region => region !== undefined);

const rects: fc.Arbitrary<Rect> = fc.record({
  x: fc.nat(12),
  y: fc.nat(12),
  width: fc.integer({ min: 1, max: 8 }),
  height: fc.integer({ min: 1, max: 8 }),
});

const pixelsOf = (mask: Region) => rasterize({ mask }, SIDE, SIDE);

const isIn = ({ x, y, width, height }: Rect, at: number) => {
  const [column, row] = [at % SIDE, Math.floor(at / SIDE)];
  return column >= x && column < x + width && row >= y && row < y + height;
};

const count = (test: (at: number) => boolean) =>
  Array.from({ length: SIDE * SIDE }, (_, at) => at).filter(test).length;

describe('regions as sets', () => {
  it('count the pixels that they share, altogether and in a rectangle', () => {
    fc.assert(
      fc.property(regions, regions, rects, (one, other, rect) => {
        const [a, b] = [pixelsOf(one), pixelsOf(other)];
        const [columns, others] = [new RegionColumns(one), new RegionColumns(other)];
        expect(columns.area).toBe(count((at) => a[at] === 1));
        expect(columns.areaWithin(rect)).toBe(count((at) => a[at] === 1 && isIn(rect, at)));
        expect(columns.sharedArea(others)).toBe(count((at) => a[at] === 1 && b[at] === 1));
        const shared = count((at) => a[at] === 1 && b[at] === 1 && isIn(rect, at));
        expect(columns.sharedArea(others, rect)).toBe(shared);
      }),
    );
  });

  it('unite to what any of them holds', () => {
    fc.assert(
      fc.property(fc.array(regions, { minLength: 1, maxLength: 5 }), (several) => {
        const pixels = several.map(pixelsOf);
        const union = uniteRegions(several);
        expect(pixelsOf(union)).toEqual(
          Uint8Array.from({ length: SIDE * SIDE }, (_, at) => Math.max(...pixels.map((one) => one[at]!))),
        );
        expect(uniteRegions([union, ...several])).toEqual(union);
      }),
    );
    expect(() => uniteRegions([])).toThrow(RangeError);
  });

  it('lose what another one holds', () => {
    fc.assert(
      fc.property(regions, regions, (one, other) => {
        const [a, b] = [pixelsOf(one), pixelsOf(other)];
        const left = subtractRegion(one, other);
        const expected = a.map((pixel, at) => pixel & ~b[at]!);
        expect(left ? pixelsOf(left) : new Uint8Array(SIDE * SIDE)).toEqual(expected);
        expect(left === undefined).toBe(expected.every((pixel) => pixel === 0));
      }),
    );
  });

  it('lie in boxes that share a rectangle or nothing', () => {
    fc.assert(
      fc.property(rects, rects, (a, b) => {
        const common = intersectRects(a, b);
        expect((common?.width ?? 0) * (common?.height ?? 0)).toBe(count((at) => isIn(a, at) && isIn(b, at)));
        expect(containsRect(a, b)).toBe(count((at) => isIn(b, at) && !isIn(a, at)) === 0);
      }),
    );
  });
});
