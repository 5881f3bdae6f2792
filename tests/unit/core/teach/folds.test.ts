import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atMostFive, foldsOf, oneByOneUnderTen, type FoldItem } from '../../../../src/core/teach/folds.js';

const lessons: fc.Arbitrary<FoldItem[]> = fc
  .array(fc.record({ classes: fc.uniqueArray(fc.integer({ min: 1, max: 3 })), isCopy: fc.boolean() }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((photos) =>
    photos.map(({ classes, isCopy }, i) => ({ classes, group: isCopy ? Math.floor(i / 2) : i + 100 })),
  );

const countBy = (values: readonly number[]) => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()];
};

describe('foldsOf', () => {
  it('leaves out one group at a time under ten, a fifth from ten on', () => {
    fc.assert(
      fc.property(lessons, fc.nat(), (items, seed) => {
        const folds = foldsOf(items, oneByOneUnderTen, seed);
        const groups = new Set(items.map(({ group }) => group)).size;
        expect(new Set(folds).size).toBe(groups < 10 ? groups : 5);
        expect(Math.max(...folds)).toBe(new Set(folds).size - 1);
        expect(new Set(foldsOf(items, atMostFive, seed)).size).toBe(Math.min(groups, 5));
      }),
    );
  });

  it('keeps photos that show the same together', () => {
    fc.assert(
      fc.property(lessons, fc.nat(), (items, seed) => {
        const folds = foldsOf(items, oneByOneUnderTen, seed);
        items.forEach(({ group }, i) => {
          expect(folds[i]).toBe(folds[items.findIndex((one) => one.group === group)]);
        });
      }),
    );
  });

  it('spreads each class, and good photos, evenly', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 10, maxLength: 40 }), fc.nat(), (kinds, seed) => {
        const items = kinds.map((kind, group) => ({ classes: kind > 0 ? [kind] : [], group }));
        const folds = foldsOf(items, oneByOneUnderTen, seed);
        for (let kind = 0; kind < 4; kind++) {
          const counts = countBy(folds.filter((_, i) => kinds[i] === kind));
          const members = kinds.filter((one) => one === kind).length;
          expect(Math.max(0, ...counts)).toBeLessThanOrEqual(Math.ceil(members / 5));
        }
      }),
    );
  });

  it('draws the same with the same seed, and else another way', () => {
    const items = Array.from({ length: 20 }, (_, group) => ({ classes: [], group }));
    expect(foldsOf(items, oneByOneUnderTen, 1)).toEqual(foldsOf(items, oneByOneUnderTen, 1));
    expect(foldsOf(items, oneByOneUnderTen, 1)).not.toEqual(foldsOf(items, oneByOneUnderTen, 2));
  });
});
