import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rasterizeGrid } from '../../../../src/core/regions/box-grid.js';
import { rasterize, regionFromBitmap } from '../../../../src/core/regions/region.js';
import type { Box } from '../../../../src/core/types.js';
import { areaOf, bits, DISC, fixture, floats, gridOf } from '../helpers.js';

interface Case {
  readonly width: number;
  readonly height: number;
  readonly box: Box;
  readonly size: number;
  readonly grid: string;
  readonly mask: string;
  readonly area: number;
}

describe('rasterizeGrid', () => {
  const cases = fixture<Case[]>('mask').map((test, i) => ({
    ...test,
    name: `box ${test.box.join(', ')}, case ${i}`,
  }));
  it.each(cases)('equals the rule in numpy: $name, grid of $size', (test) => {
    const grid = { box: test.box, size: test.size, data: floats(test.grid) };
    const region = regionFromBitmap(rasterizeGrid(grid, test.width, test.height));
    const mask = region && rasterize({ mask: region }, test.width, test.height);
    const pixels = test.width * test.height;
    expect(Array.from(mask ?? new Uint8Array(pixels))).toEqual(Array.from(bits(test.mask, pixels)));
    expect(areaOf(grid, test.width, test.height)).toBe(test.area);
  });

  it('covers the pixels whose centres lie in the box', () => {
    const full = gridOf(2, () => 1);
    const at = (x: number, width: number) => rasterizeGrid({ box: [x, 0, width, 1], ...full }, 10, 1);
    expect(at(2.5, 2)).toMatchObject({ x: 2, width: 2 });
    expect(at(2.51, 2)).toMatchObject({ x: 3, width: 2 });
    expect(at(2.51, 0.9)).toMatchObject({ width: 0 });
    expect(at(-4, 30)).toMatchObject({ x: 0, width: 10 });
  });

  it('takes the level itself for inside', () => {
    const at = (value: number) => areaOf({ box: [0, 0, 4, 4], ...gridOf(1, () => value) }, 4, 4);
    expect(at(0.5)).toBe(16);
    expect(at(0.4999)).toBe(0);
  });

  it('leaves out what is not a number, and empty boxes', () => {
    expect(areaOf({ box: [0, 0, 4, 4], ...gridOf(1, () => NaN) }, 4, 4)).toBe(0);
    for (const box of [
      [2, 2, 0, 5],
      [2, 2, -3, 5],
      [20, 2, 3, 3],
      [NaN, 0, 4, 4],
    ] as const) {
      expect(areaOf({ box, ...gridOf(1, () => 1) }, 8, 8)).toBe(0);
    }
  });

  it('puts the part where the box lies', () => {
    const coordinate = fc.double({ min: -20, max: 40, noNaN: true });
    const length = fc.double({ min: 0, max: 60, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, length, length, (x, y, width, height) => {
        const grid = { box: [x, y, width, height] as const, ...DISC };
        const part = rasterizeGrid(grid, 30, 20);
        const region = regionFromBitmap(part);
        const full = region ? rasterize({ mask: region }, 30, 20) : new Uint8Array(600);
        const area = part.data.reduce((sum, pixel) => sum + pixel, 0);
        expect(full.reduce((sum, pixel) => sum + pixel, 0)).toBe(area);
        expect(areaOf(grid, 30, 20)).toBe(area);
        for (let i = 0; i < part.data.length; i++) {
          const column = part.x + (i % part.width);
          const row = part.y + Math.floor(i / part.width);
          expect(full[row * 30 + column]).toBe(part.data[i]);
        }
      }),
      { numRuns: 30 },
    );
  });
});
