import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestLevel, candidateLevels, type TriedLevel } from '../../../../src/core/teach/level.js';

const cells = fc.array(
  fc.record({ logit: fc.double({ min: -9, max: 9, noNaN: true }), marked: fc.constantFrom(0, 0, 0.3, 1, 2) }),
  { minLength: 1, maxLength: 40 },
);

describe('candidateLevels', () => {
  it('are logits inside marks, rising, with a share of the marked area below the lowest and above the highest', () => {
    fc.assert(
      fc.property(cells, (all) => {
        const total = all.reduce((sum, { marked }) => sum + marked, 0);
        fc.pre(total > 0);
        const levels = candidateLevels(
          Float64Array.from(all, ({ logit }) => logit),
          Float64Array.from(all, ({ marked }) => marked),
        );
        expect(levels).toEqual([...new Set(levels)].sort((a, b) => a - b));
        expect(levels.length).toBeLessThanOrEqual(12);
        const upTo = (level: number) =>
          all.reduce((sum, { logit, marked }) => sum + (logit <= level ? marked : 0), 0) / total;
        const below = (level: number) =>
          all.reduce((sum, { logit, marked }) => sum + (logit < level ? marked : 0), 0) / total;
        for (const level of levels)
          expect(all.some(({ logit, marked }) => logit === level && marked > 0)).toBe(true);
        expect(below(levels[0]!)).toBeLessThanOrEqual(0.05 + 1e-9);
        expect(upTo(levels[0]!)).toBeGreaterThanOrEqual(0.05 - 1e-9);
        expect(below(levels.at(-1)!)).toBeLessThanOrEqual(0.8 + 1e-9);
        expect(upTo(levels.at(-1)!)).toBeGreaterThanOrEqual(0.8 - 1e-9);
      }),
    );
  });
});

describe('bestLevel', () => {
  /** A marked photo that is found at .9, a good one with so many false alarms above that, and outlines that agree so well. */
  const tried = (level: number, falseAlarms: number, iou: number): TriedLevel => ({
    level,
    photos: [
      {
        isMarked: true,
        regions: [{ score: 0.9, isOnMark: true, isFind: true, isNamed: true }],
        shared: iou,
        united: 1,
      },
      {
        isMarked: false,
        regions: Array.from({ length: falseAlarms }, () => ({
          ...{ score: 0.95, isOnMark: false, isFind: false, isNamed: false },
        })),
        shared: 0,
        united: falseAlarms,
      },
    ],
  });

  it('is that of the best outlines, of those that find as well', () => {
    const best = bestLevel([tried(-2, 0, 0.2), tried(-1, 0, 0.6), tried(0, 0, 0.4), tried(1, 3, 0.9)], 0.5);
    expect(best.level).toBe(-1);
  });

  it('is that of the best outlines where nothing is found again', () => {
    const blind = (level: number, iou: number): TriedLevel => {
      const { photos } = tried(level, 1, iou);
      return { level, photos: photos.map((photo) => ({ ...photo, regions: [] })) };
    };
    expect(bestLevel([blind(0, 0.1), blind(1, 0.3), blind(2, 0.2)], 0.5).level).toBe(1);
  });
});
