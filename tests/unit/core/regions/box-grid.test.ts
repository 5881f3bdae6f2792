import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridRegion } from '../../../../src/core/regions/box-grid.js';
import { rasterize } from '../../../../src/core/regions/region.js';
import type { Box } from '../../../../src/core/types.js';
import { areaOf, bits, fixture, floats, gridOf } from '../helpers.js';

interface Case {
  readonly width: number;
  readonly height: number;
  readonly box: Box;
  readonly size: number;
  readonly grid: string;
  readonly mask: string;
  readonly area: number;
}

describe('gridRegion', () => {
  const cases = fixture<Case[]>('mask').map((test, i) => ({
    ...test,
    name: `box ${test.box.join(', ')}, case ${i}`,
  }));
  it.each(cases)('equals the rule in numpy: $name, grid of $size', (test) => {
    const grid = { box: test.box, size: test.size, data: floats(test.grid) };
    const region = gridRegion(grid, test.width, test.height);
    const mask = region && rasterize({ mask: region }, test.width, test.height);
    const pixels = test.width * test.height;
    expect(Array.from(mask ?? new Uint8Array(pixels))).toEqual(Array.from(bits(test.mask, pixels)));
    expect(areaOf(grid, test.width, test.height)).toBe(test.area);
  });

  it('covers the pixels whose centres lie in the box', () => {
    const full = gridOf(2, () => 1);
    const at = (x: number, width: number) => gridRegion({ box: [x, 0, width, 1], ...full }, 10, 1);
    expect(at(2.5, 2)).toMatchObject({ x: 2, width: 2 });
    expect(at(2.51, 2)).toMatchObject({ x: 3, width: 2 });
    expect(at(2.51, 0.9)).toBeUndefined();
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

  it('is the rule, pixel by pixel', () => {
    const coordinate = fc.double({ min: -20, max: 40, noNaN: true });
    const length = fc.double({ min: 0, max: 60, noNaN: true });
    const side = fc.integer({ min: 1, max: 7 });
    const grids = fc
      .tuple(side, side)
      .chain(([size, rows]) =>
        fc
          .array(fc.constantFrom(0, 0.2, 0.5, 0.6, 1), { minLength: size * rows, maxLength: size * rows })
          .map((values) => ({ size, rows, data: Float32Array.from(values) })),
      );
    fc.assert(
      fc.property(
        coordinate,
        coordinate,
        length,
        length,
        grids,
        (x, y, width, height, { size, rows, data }) => {
          const box = [x, y, width, height] as const;
          const region = gridRegion({ box, size, rows, data }, 30, 20);
          const found = region ? rasterize({ mask: region }, 30, 20) : new Uint8Array(600);
          const at = (value: number, sides: number) => Math.min(sides - 1, Math.max(0, value));
          for (let py = 0; py < 20; py++) {
            for (let px = 0; px < 30; px++) {
              const isInBox = px + 0.5 >= x && px + 0.5 < x + width && py + 0.5 >= y && py + 0.5 < y + height;
              const u = at(((px + 0.5 - x) / width) * size - 0.5, size);
              const v = at(((py + 0.5 - y) / height) * rows - 0.5, rows);
              const [i, j] = [Math.floor(u), Math.floor(v)];
              const value = (column: number, row: number) =>
                data[Math.min(row, rows - 1) * size + Math.min(column, size - 1)]!;
              const above = value(i, j) * (1 - u + i) + value(i + 1, j) * (u - i);
              const below = value(i, j + 1) * (1 - u + i) + value(i + 1, j + 1) * (u - i);
              const field = above * (1 - v + j) + below * (v - j);
              // On the level itself, rounding decides.
              if (isInBox && Math.abs(field - 0.5) < 1e-9) continue;
              expect(found[py * 30 + px], `pixel ${px}, ${py}`).toBe(isInBox && field >= 0.5 ? 1 : 0);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
