import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberFromText, numberToText } from '../../../../src/core/regions/number-text.js';
import { ringFromText, ringToText } from '../../../../src/core/regions/ring-text.js';
import { simplifyRing } from '../../../../src/core/regions/simplify.js';
import { distanceToRing } from '../helpers.js';

const coordinate = fc.float({ min: 0, max: 20_000, noNaN: true });
const ring = fc
  .array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 40 })
  .map((points) => Float32Array.from(points.flat()));

describe('simplifyRing', () => {
  it('keeps some of the points, and every other one within the tolerance', () => {
    fc.assert(
      fc.property(ring, fc.double({ min: 0, max: 500, noNaN: true }), (ring, tolerance) => {
        const simple = simplifyRing(ring, tolerance);
        expect(simple.length).toBeGreaterThanOrEqual(6);
        expect(simple.length).toBeLessThanOrEqual(ring.length);
        let at = 0;
        for (let i = 0; i < simple.length; i += 2) {
          while (at < ring.length && (ring[at] !== simple[i] || ring[at + 1] !== simple[i + 1])) at += 2;
          expect(at).toBeLessThan(ring.length);
          at += 2;
        }
        for (let i = 0; i < ring.length; i += 2) {
          expect(distanceToRing(ring[i]!, ring[i + 1]!, simple)).toBeLessThanOrEqual(tolerance + 0.01);
        }
      }),
    );
  });

  it('needs four points for a square, and few for a circle', () => {
    const square = Float32Array.of(0, 0, 5, 0, 10, 0, 10, 10, 5, 10, 0, 10, 0, 5);
    expect(Array.from(simplifyRing(square, 0.01))).toEqual([0, 0, 10, 0, 10, 10, 0, 10]);
    const circle = Float32Array.from({ length: 720 }, (_, i) => {
      const angle = (Math.floor(i / 2) * Math.PI) / 180;
      return 50 + 20 * (i % 2 ? Math.sin(angle) : Math.cos(angle));
    });
    expect(simplifyRing(circle, 0.1).length / 2).toBeLessThanOrEqual(48);
  });
});

describe('rings as texts', () => {
  it('come back within a hundredth of a pixel', () => {
    fc.assert(
      fc.property(ring, (ring) => {
        const back = ringFromText(ringToText(ring));
        expect(back.length).toBe(ring.length);
        // Half a step, and single precision at 20,000 px.
        ring.forEach((value, i) => expect(Math.abs(back[i]! - value)).toBeLessThan(0.0125));
      }),
    );
  });

  it('are what COCO writes for such numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 30), max: 2 ** 30 }), (value) => {
        const text = numberToText(value);
        expect(numberFromText(`${text}0`, 0)).toEqual({ value, next: text.length });
      }),
    );
    expect([0, 1, -1, 15, 16, -16, -17, 1000].map(numberToText)).toEqual([
      ...['0', '1', 'O', '?', '`0', '@', '_O', 'Xo0'],
    ]);
  });

  it.each(['x', '12\u007f', '1'])('refuse %j', (text) => {
    expect(() => ringFromText(text)).toThrow(RangeError);
  });
});
