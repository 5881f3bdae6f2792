import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isForeign, novelty } from '../../../src/core/novelty.js';

const point = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 3, maxLength: 3 });

describe('novelty', () => {
  const reference = {
    centres: [
      [0, 0],
      [10, 0],
    ],
    limit: 2,
  };

  it('is the distance to the nearest centre in units of the limit', () => {
    expect(novelty([3, 4], reference)).toBe(2.5);
    expect(novelty(Float32Array.of(10, 1), reference)).toBe(0.5);
    expect(novelty([0, 0], reference)).toBe(0);
  });

  it('grows no faster than one moves, and further centres never raise it', () => {
    fc.assert(
      fc.property(
        point,
        point,
        fc.array(point, { minLength: 1, maxLength: 6 }),
        point,
        (a, b, centres, extra) => {
          const moved = Math.hypot(...a.map((value, axis) => value - b[axis]!));
          const at = (features: number[], list = centres) => novelty(features, { centres: list, limit: 3 });
          expect(Math.abs(at(a) - at(b))).toBeLessThanOrEqual(moved / 3 + 1e-9);
          expect(at(a, [...centres, extra])).toBeLessThanOrEqual(at(a));
        },
      ),
    );
  });

  it('calls a photo foreign beyond the limit only, and never where nothing is known', () => {
    expect(isForeign(1)).toBe(false);
    expect(isForeign(1.01)).toBe(true);
    expect(isForeign(undefined)).toBe(false);
  });
});
