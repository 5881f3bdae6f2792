import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskArea, rasterize, rasterizeBox } from '../../../../src/core/regions/mask.js';
import type { Box } from '../../../../src/core/types.js';
import { bits, DISC, fixture, floats, gridOf } from '../helpers.js';

interface Case {
  readonly width: number;
  readonly height: number;
  readonly box: Box;
  readonly size: number;
  readonly grid: string;
  readonly mask: string;
  readonly area: number;
}

describe('rasterize', () => {
  const cases = fixture<Case[]>('mask').map((test, i) => ({
    ...test,
    name: `box ${test.box.join(', ')}, case ${i}`,
  }));
  it.each(cases)('equals the rule in numpy: $name, grid of $size', (test) => {
    const detection = { box: test.box, mask: { size: test.size, data: floats(test.grid) } };
    const mask = rasterize(detection, test.width, test.height);
    expect(Array.from(mask)).toEqual(Array.from(bits(test.mask, test.width * test.height)));
    expect(maskArea(detection, test.width, test.height)).toBe(test.area);
  });

  it('covers the pixels whose centres lie in the box', () => {
    const full = gridOf(2, () => 1);
    const at = (x: number, width: number) => rasterizeBox({ box: [x, 0, width, 1], mask: full }, 10, 1);
    expect(at(2.5, 2)).toMatchObject({ x: 2, width: 2 });
    expect(at(2.51, 2)).toMatchObject({ x: 3, width: 2 });
    expect(at(2.51, 0.9)).toMatchObject({ width: 0 });
    expect(at(-4, 30)).toMatchObject({ x: 0, width: 10 });
  });

  it('takes the level itself for inside', () => {
    const at = (value: number) => maskArea({ box: [0, 0, 4, 4], mask: gridOf(1, () => value) }, 4, 4);
    expect(at(0.5)).toBe(16);
    expect(at(0.4999)).toBe(0);
  });

  it('reads quantised masks as parts of 255', () => {
    const quantised = { size: 28, data: Uint8Array.from(DISC.data, (value) => Math.round(value * 255)) };
    const parts = { size: 28, data: Float32Array.from(quantised.data, (value) => value / 255) };
    const box = [3, 4, 50, 40] as const;
    expect(rasterize({ box, mask: quantised }, 60, 60)).toEqual(rasterize({ box, mask: parts }, 60, 60));
    const edge = (value: number) => ({ size: 1, data: Uint8Array.of(value) });
    expect(maskArea({ box: [0, 0, 1, 1], mask: edge(128) }, 1, 1)).toBe(1);
    expect(maskArea({ box: [0, 0, 1, 1], mask: edge(127) }, 1, 1)).toBe(0);
  });

  it('leaves out what is not a number, and empty boxes', () => {
    expect(maskArea({ box: [0, 0, 4, 4], mask: gridOf(1, () => NaN) }, 4, 4)).toBe(0);
    for (const box of [
      [2, 2, 0, 5],
      [2, 2, -3, 5],
      [20, 2, 3, 3],
      [NaN, 0, 4, 4],
    ] as const) {
      expect(maskArea({ box, mask: gridOf(1, () => 1) }, 8, 8)).toBe(0);
    }
  });

  it('puts the part where the box lies', () => {
    const coordinate = fc.double({ min: -20, max: 40, noNaN: true });
    const length = fc.double({ min: 0, max: 60, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, length, length, (x, y, width, height) => {
        const detection = { box: [x, y, width, height] as const, mask: DISC };
        const part = rasterizeBox(detection, 30, 20);
        const full = rasterize(detection, 30, 20);
        expect(full.length).toBe(600);
        const area = part.data.reduce((sum, pixel) => sum + pixel, 0);
        expect(full.reduce((sum, pixel) => sum + pixel, 0)).toBe(area);
        expect(maskArea(detection, 30, 20)).toBe(area);
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
