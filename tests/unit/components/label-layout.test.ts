import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { luminance, textOn } from '../../../src/components/viewer/contrast.js';
import { overlaps, placeLabels } from '../../../src/components/viewer/label-layout.js';

const bounds = { x: 0, y: 0, width: 800, height: 600 };
const rect = fc.record({
  x: fc.integer({ min: -100, max: 900 }),
  y: fc.integer({ min: -100, max: 700 }),
  width: fc.integer({ min: 1, max: 400 }),
  height: fc.integer({ min: 1, max: 400 }),
});
const sizes = [
  { width: 120, height: 18 },
  { width: 24, height: 18 },
];

describe('placeLabels', () => {
  test('covers no other label and leaves nothing outside', () => {
    fc.assert(
      fc.property(fc.array(rect, { maxLength: 60 }), (anchors) => {
        const placed = placeLabels(
          anchors.map((anchor, item) => ({ item, anchor, sizes })),
          bounds,
        );
        for (const [i, one] of placed.entries()) {
          expect(one.rect.x).toBeGreaterThanOrEqual(0);
          expect(one.rect.y).toBeGreaterThanOrEqual(0);
          expect(one.rect.x + one.rect.width).toBeLessThanOrEqual(bounds.width);
          expect(one.rect.y + one.rect.height).toBeLessThanOrEqual(bounds.height);
          expect(placed.slice(i + 1).some((other) => overlaps(one.rect, other.rect))).toBe(false);
        }
      }),
    );
  });

  test('labels only what is in sight, the first with the full text, above its box', () => {
    const placed = placeLabels(
      [
        { item: 'first', anchor: { x: 100, y: 100, width: 50, height: 50 }, sizes },
        { item: 'outside', anchor: { x: 900, y: 100, width: 50, height: 50 }, sizes },
      ],
      bounds,
    );
    expect(placed).toEqual([{ item: 'first', variant: 0, rect: { x: 100, y: 82, width: 120, height: 18 } }]);
  });

  test('a forced label is drawn even without room', () => {
    const small = { x: 0, y: 0, width: 30, height: 20 };
    const anchor = { x: 0, y: 0, width: 10, height: 10 };
    const many = Array.from({ length: 8 }, (_, item) => ({ item, anchor, sizes, isForced: item === 7 }));
    expect(placeLabels(many, small).map(({ item }) => item)).toEqual([0, 7]);
  });
});

describe('textOn', () => {
  test('reads on every colour with a contrast of at least 4.5', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
        const color = `#${value.toString(16).padStart(6, '0')}`;
        const [light, dark] = [luminance(color), luminance(textOn(color))].sort((a, b) => b - a);
        expect((light! + 0.05) / (dark! + 0.05)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});
