import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlappingPairs } from '../../../../src/core/regions/overlapping.js';
import { intersectRects } from '../../../../src/core/rect.js';

const rects = fc.array(
  fc.record({
    x: fc.integer({ min: -5, max: 30 }),
    y: fc.integer({ min: -5, max: 30 }),
    width: fc.integer({ min: 1, max: 12 }),
    height: fc.integer({ min: 1, max: 12 }),
  }),
  { maxLength: 20 },
);

describe('overlapping rectangles', () => {
  it('are each paired once, as when all pairs are looked at', () => {
    fc.assert(
      fc.property(rects, (all) => {
        const expected = all.flatMap((a, i) =>
          all.slice(i + 1).flatMap((b, j) => (intersectRects(a, b) ? `${i} ${i + 1 + j}` : [])),
        );
        const numbered = all.map((rect, i) => ({ rect, i }));
        const pairs = [...overlappingPairs(numbered, ({ rect }) => rect)].map(([a, b]) =>
          [a.i, b.i].sort((one, other) => one - other).join(' '),
        );
        expect(pairs.sort()).toEqual(expected.sort());
      }),
    );
  });
});
