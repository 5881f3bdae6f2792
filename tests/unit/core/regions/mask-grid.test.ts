import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleGrid, type Plane } from '../../../../src/core/regions/mask-grid.js';
import { MASK_SIZE, prototypeMask } from '../../../../src/core/families/ultralytics/prototypes.js';

const WIDTH = 24;
const HEIGHT = 17;

function planeOf(value: (x: number, y: number) => number, offset = 0): Plane {
  const data = new Float32Array(offset + WIDTH * HEIGHT).fill(NaN, 0, offset);
  for (let i = 0; i < WIDTH * HEIGHT; i++) data[offset + i] = value(i % WIDTH, Math.floor(i / WIDTH));
  return { data, offset, width: WIDTH, height: HEIGHT };
}

/** x, y, width, height of boxes within the plane. */
const box = fc
  .tuple(
    ...[WIDTH, HEIGHT].map((limit) =>
      fc
        .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true }))
        .map(([start, length]) => ({
          start: start * limit * 0.9,
          length: length * limit * (1 - start * 0.9),
        })),
    ),
  )
  .map(([x, y]) => [x!.start, y!.start, x!.length, y!.length] as const);
/** The largest difference. */
const worst = (a: Float32Array, b: readonly number[]) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

const size = fc.integer({ min: 1, max: 30 });

describe('sampleGrid', () => {
  it('follows a plane that rises evenly, up to the outer pixel centres', () => {
    fc.assert(
      fc.property(box, size, fc.nat(5), ([x, y, w, h], n, offset) => {
        // At a pixel's centre, the plane has the centre's own coordinates.
        const grid = sampleGrid(
          planeOf((column, row) => column + 0.5 + 100 * (row + 0.5), offset),
          [x, y, w, h],
          n,
        );
        const clamp = (value: number, limit: number) => Math.min(limit - 0.5, Math.max(0.5, value));
        const expected = Array.from(grid, (_, i) => {
          const across = clamp(x + (((i % n) + 0.5) / n) * w, WIDTH);
          return across + 100 * clamp(y + ((Math.floor(i / n) + 0.5) / n) * h, HEIGHT);
        });
        expect(worst(grid, expected)).toBeLessThan(0.005);
      }),
    );
  });

  it('never leaves the range of the plane', () => {
    fc.assert(
      fc.property(box, size, fc.integer(), (where, n, seed) => {
        const grid = sampleGrid(
          planeOf((x, y) => Math.abs(Math.sin(seed + x * 12.9898 + y * 78.233))),
          where,
          n,
        );
        expect(Math.min(...grid)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...grid)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('gives the pixels themselves where the grid is as fine as they are', () => {
    const plane = planeOf((x, y) => x * 31 + y);
    const grid = sampleGrid(plane, [3, 5, 7, 7], 7);
    expect(Array.from(grid)).toEqual(
      Array.from({ length: 49 }, (_, i) => (3 + (i % 7)) * 31 + 5 + Math.floor(i / 7)),
    );
  });
});

describe('prototypeMask', () => {
  const channels = 3;
  const prototypes = {
    channels,
    width: WIDTH,
    height: HEIGHT,
    data: Float32Array.from({ length: channels * WIDTH * HEIGHT }, (_, i) => Math.sin(i * 1.7)),
  };
  const coefficient = fc.float({ min: -4, max: 4, noNaN: true });

  it('equals combining whole prototypes, sampling them and taking the sigmoid', () => {
    fc.assert(
      fc.property(
        box,
        fc.array(coefficient, { minLength: channels, maxLength: channels }),
        (where, weights) => {
          const whole = planeOf((x, y) =>
            weights.reduce((sum, c, k) => sum + c * prototypes.data[(k * HEIGHT + y) * WIDTH + x]!, 0),
          );
          const logits = sampleGrid(whole, where, MASK_SIZE);
          const mask = prototypeMask(prototypes, weights, where);
          const expected = Array.from(logits, (logit) => 1 / (1 + Math.exp(-logit)));
          expect(worst(mask, expected)).toBeLessThan(1e-5);
        },
      ),
      { numRuns: 50 },
    );
  });
});
