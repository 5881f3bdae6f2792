import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auroc, Ranking } from '../../../../src/core/teach/ranking.js';

/** A few values, so that ties occur. */
const scores = fc.constantFrom(0, 0.001, 0.2, 0.4, 0.5, 0.7, 0.9, 0.999, 1);
const rows = fc.array(fc.record({ score: scores, isMarked: fc.boolean() }), { minLength: 1, maxLength: 40 });

function pairs(bad: readonly number[], good: readonly number[]): number {
  let sum = 0;
  for (const b of bad) for (const g of good) sum += b > g ? 1 : b === g ? 0.5 : 0;
  return sum / (bad.length * good.length);
}

/** Every score that occurs as a threshold, from the top. */
function precisionSum(all: readonly { score: number; isMarked: boolean }[]): number {
  const truths = all.filter(({ isMarked }) => isMarked).length;
  let [sum, before] = [0, 0];
  for (const threshold of [...new Set(all.map(({ score }) => score))].sort((a, b) => b - a)) {
    const shown = all.filter(({ score }) => score >= threshold);
    const hits = shown.filter(({ isMarked }) => isMarked).length;
    sum += ((hits - before) / truths) * (hits / shown.length);
    before = hits;
  }
  return sum;
}

describe('auroc', () => {
  it('is the share of pairs in which the bad one scores higher', () => {
    fc.assert(
      fc.property(fc.array(scores, { minLength: 1 }), fc.array(scores, { minLength: 1 }), (bad, good) => {
        expect(auroc(bad, good)).toBeCloseTo(pairs(bad, good), 12);
      }),
    );
  });

  it('says nothing without either', () => {
    expect(auroc([], [1])).toBeNaN();
    expect(auroc([1], [])).toBeNaN();
  });
});

describe('Ranking', () => {
  it('equals the definitions of AUROC and average precision', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const ranking = new Ranking();
        for (const { score, isMarked } of all) ranking.add(score, isMarked ? 1 : 0, isMarked ? 0 : 1);
        const [bad, good] = [true, false].map((marked) =>
          all.filter(({ isMarked }) => isMarked === marked).map(({ score }) => score),
        ) as [number[], number[]];
        const precision = ranking.averagePrecision();
        if (bad.length === 0) expect(precision).toBeNaN();
        else expect(precision).toBeCloseTo(precisionSum(all), 12);
        if (bad.length === 0 || good.length === 0) expect(ranking.auroc()).toBeNaN();
        else expect(ranking.auroc()).toBeCloseTo(pairs(bad, good), 12);
      }),
    );
  });

  it('counts what is marked in part on both sides', () => {
    const [parts, wholes] = [new Ranking(), new Ranking()];
    parts.add(0.8, 3, 1);
    parts.add(0.3, 0.5, 7.5);
    for (const ranking of [wholes]) {
      ranking.add(0.8, 3, 0);
      ranking.add(0.8, 0, 1);
      ranking.add(0.3, 0.5, 0);
      ranking.add(0.3, 0, 7.5);
    }
    expect(parts.auroc()).toBe(wholes.auroc());
    expect(parts.averagePrecision()).toBe(wholes.averagePrecision());
  });

  it('tells scores apart that float32 tells apart, down to a ten thousandth of their odds', () => {
    const ranking = new Ranking();
    ranking.add(0.9999, 1, 0);
    ranking.add(0.99989, 0, 1);
    ranking.add(0.0001, 1, 0);
    ranking.add(0.00009, 0, 1);
    expect(ranking.auroc()).toBe(0.75);
  });
});
