import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logit } from '../../../../src/core/logit.js';
import {
  chooseThreshold,
  falseAlarmShare,
  goodThreshold,
  photoCurve,
  type CountedPhoto,
} from '../../../../src/core/teach/thresholds.js';

const FLOOR = 0.5;

const photos: fc.Arbitrary<CountedPhoto[]> = fc.array(
  fc
    .record({
      isMarked: fc.boolean(),
      regions: fc.array(
        fc.record({ score: fc.constantFrom(0.55, 0.6, 0.7, 0.8, 0.9, 0.99), isOnMark: fc.boolean() }),
        { maxLength: 4 },
      ),
    })
    .map(({ isMarked, regions }) => ({
      isMarked,
      regions: regions.map(({ score, isOnMark }) => ({
        score,
        isOnMark: isMarked && isOnMark,
        isFind: isMarked && isOnMark,
      })),
    })),
  { minLength: 1, maxLength: 12 },
);

/** From the words. */
function outcome(all: readonly CountedPhoto[], threshold: number) {
  const shown = all.map(({ isMarked, regions }) => ({
    isMarked,
    regions: regions.filter(({ score }) => score >= threshold),
  }));
  const hits = shown.filter(({ regions }) => regions.some(({ isFind }) => isFind)).length;
  const misses = shown.filter(({ isMarked }) => isMarked).length - hits;
  const falseAlarms = shown.flatMap(({ regions }) => regions.filter(({ isOnMark }) => !isOnMark)).length;
  return {
    hits,
    falseAlarms,
    f1: (2 * hits) / (2 * hits + misses + falseAlarms),
    cost: 3 * misses + falseAlarms,
  };
}

const ALL = Array.from({ length: 500 }, (_, i) => FLOOR + (i + 0.5) / 1000);

describe('chooseThreshold', () => {
  it('has the highest F1 that any threshold has', () => {
    fc.assert(
      fc.property(photos, (all) => {
        const chosen = chooseThreshold(photoCurve(all), FLOOR);
        const outcomes = ALL.map((threshold) => outcome(all, threshold));
        if (outcomes.every(({ hits }) => hits === 0)) {
          expect(chosen).toBeUndefined();
          return;
        }
        const { hits, falseAlarms, f1 } = outcome(all, chosen!.threshold);
        expect(f1).toBeCloseTo(Math.max(...outcomes.map((one) => (one.hits > 0 ? one.f1 : 0))), 12);
        expect(chosen).toMatchObject({ hits, falseAlarms });
      }),
    );
  });

  it('has the lowest cost of those that find anything, where costs are given', () => {
    fc.assert(
      fc.property(photos, (all) => {
        const chosen = chooseThreshold(photoCurve(all), FLOOR, 3);
        const costs = ALL.map((threshold) => outcome(all, threshold)).flatMap(({ hits, cost }) =>
          hits > 0 ? cost : [],
        );
        if (chosen) expect(outcome(all, chosen.threshold).cost).toBe(Math.min(...costs));
        else expect(costs).toEqual([]);
      }),
    );
  });

  it('lies in the middle of the widest plateau, by logits', () => {
    const all: CountedPhoto[] = [
      // Found down to 0.8; what lies below is a false alarm.
      { isMarked: true, regions: [{ score: 0.99, isOnMark: true, isFind: true }] },
      { isMarked: true, regions: [{ score: 0.8, isOnMark: true, isFind: true }] },
      { isMarked: false, regions: [{ score: 0.6, isOnMark: false, isFind: false }] },
    ];
    const { threshold } = chooseThreshold(photoCurve(all), FLOOR)!;
    expect(logit(threshold)).toBeCloseTo((logit(0.8) + logit(0.6)) / 2, 9);
  });

  it('takes the wider of two plateaus that are as good', () => {
    const all: CountedPhoto[] = [
      { isMarked: true, regions: [{ score: 0.95, isOnMark: true, isFind: true }] },
      { isMarked: true, regions: [{ score: 0.6, isOnMark: true, isFind: true }] },
      { isMarked: false, regions: [{ score: 0.94, isOnMark: false, isFind: false }] },
      { isMarked: false, regions: [{ score: 0.93, isOnMark: false, isFind: false }] },
    ];
    // One of two without a false alarm, and both with two, are as good by F1: 2 / 3.
    const { threshold, hits } = chooseThreshold(photoCurve(all), FLOOR)!;
    expect(hits).toBe(2);
    expect(logit(threshold)).toBeCloseTo((logit(0.6) + logit(FLOOR)) / 2, 9);
  });

  it('goes down to the floor where nothing is in the way', () => {
    const { threshold } = chooseThreshold(
      photoCurve([{ isMarked: true, regions: [{ score: 0.9, isOnMark: true, isFind: true }] }]),
      FLOOR,
    )!;
    expect(logit(threshold)).toBeCloseTo(logit(0.9) / 2, 9);
  });
});

describe('photoCurve', () => {
  it('counts a photo once however many regions lie on its marks', () => {
    const { truths, points } = photoCurve([
      {
        isMarked: true,
        regions: [
          { score: 0.9, isOnMark: true, isFind: true },
          { score: 0.8, isOnMark: true, isFind: true },
          { score: 0.6, isOnMark: false, isFind: false },
        ],
      },
    ]);
    expect(truths).toBe(1);
    expect(points.map(({ score, hits, falseAlarms }) => [score, hits, falseAlarms])).toEqual([
      [0.9, 1, 0],
      [0.6, 1, 1],
    ]);
  });
});

describe('of good photos alone', () => {
  it('the threshold is above all that were left out', () => {
    // Their variance is (1.2 ** 2 + 1.8 ** 2 + 0.6 ** 2) / 2.
    expect(goodThreshold([1, 4, 1.6], 2)).toBeCloseTo(4 + 2 * Math.sqrt(2.52), 12);
    expect(goodThreshold([3], 2)).toBe(3);
    expect(goodThreshold([0, 0], 2)).toBeGreaterThan(0);
  });

  it('n photos promise at most one false alarm in n + 1', () => {
    expect(falseAlarmShare(9)).toBe(0.1);
  });
});
