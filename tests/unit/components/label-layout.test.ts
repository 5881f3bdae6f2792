import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { colorOn, contrast, luminance, textOn } from '../../../src/components/viewer/contrast.js';
import { findLeader, overlaps, placeLabels } from '../../../src/components/viewer/label-layout.js';

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

  test('rather than cover its defect, a label goes further off', () => {
    const anchor = { x: 0, y: 20, width: 400, height: 20 };
    const taken = { x: 0, y: 0, width: 400, height: 20 };
    const below = { x: 0, y: 40, width: 400, height: 20 };
    const wide = [{ width: 400, height: 18 }];
    const [, , third] = placeLabels(
      [
        { item: 'above', anchor: { ...taken, y: -18, height: 18 }, sizes: wide, isForced: true },
        { item: 'below', anchor: { ...below, y: 60 }, sizes: wide },
        { item: 'defect', anchor, sizes: [{ width: 60, height: 18 }] },
      ],
      { x: 0, y: -40, width: 400, height: 200 },
    );
    expect(third!.item).toBe('defect');
    expect(overlaps(third!.rect, anchor)).toBe(false);
  });

  test('a forced label is drawn even without room', () => {
    const small = { x: 0, y: 0, width: 30, height: 20 };
    const anchor = { x: 0, y: 0, width: 10, height: 10 };
    const many = Array.from({ length: 8 }, (_, item) => ({ item, anchor, sizes, isForced: item === 7 }));
    expect(placeLabels(many, small).map(({ item }) => item)).toEqual([0, 7]);
  });
});

describe('findLeader', () => {
  const label = { x: 100, y: 100, width: 40, height: 18 };

  test('leads to the nearest point, from the nearest edge', () => {
    const points = [
      { x: 300, y: 109 },
      { x: 180, y: 109 },
    ];
    expect(findLeader(label, points, 4)).toEqual({ from: { x: 140, y: 109 }, to: { x: 180, y: 109 } });
  });

  test('is left out where the label lies beside its defect, or on it', () => {
    expect(findLeader(label, [{ x: 120, y: 122 }], 4)).toBeUndefined();
    expect(findLeader(label, [{ x: 120, y: 110 }], 4)).toBeUndefined();
    expect(findLeader(label, [], 4)).toBeUndefined();
  });
});

describe('colorOn', () => {
  const colour = fc
    .integer({ min: 0, max: 0xffffff })
    .map((value) => `#${value.toString(16).padStart(6, '0')}`);

  test('stands out from every ground with a contrast of at least 3', () => {
    fc.assert(
      fc.property(colour, fc.double({ min: 0, max: 1, noNaN: true }), (one, ground) => {
        expect(contrast(luminance(colorOn(one, ground)), ground)).toBeGreaterThanOrEqual(3);
      }),
    );
  });

  test('leaves a colour alone that stands out as it is', () => {
    expect(colorOn('#e69f00', 0.02)).toBe('#e69f00');
    expect(colorOn('#999999', 0.32)).not.toBe('#999999');
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
