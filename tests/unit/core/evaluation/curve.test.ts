import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  averagePrecision,
  rankClass,
  type Ranking,
} from '../../../../src/core/evaluation/average-precision.js';
import {
  bestByCost,
  bestByF1,
  cost,
  f1,
  packCurve,
  pointAt,
  precisionRecall,
  unpackCurve,
} from '../../../../src/core/evaluation/curve.js';
import { anyImages } from './helpers.js';

const ranking = (
  truths: number,
  ...rows: readonly (readonly [score: number, isHit: boolean])[]
): Ranking => ({
  truths,
  ranked: rows.map(([score, isHit]) => ({ score, isHit, image: 0 })),
});

const anyRanking = anyImages.map((images) => rankClass(images, 1, 0.5));

describe('precisionRecall', () => {
  it('has one point per score', () => {
    const curve = precisionRecall(ranking(4, [0.9, true], [0.8, true], [0.8, false], [0.3, true]));
    expect(curve).toEqual({
      truths: 4,
      points: [
        { score: 0.9, hits: 1, falseAlarms: 0, recall: 0.25, precision: 1 },
        { score: 0.8, hits: 2, falseAlarms: 1, recall: 0.5, precision: 2 / 3 },
        { score: 0.3, hits: 3, falseAlarms: 1, recall: 0.75, precision: 0.75 },
      ],
    });
    expect(pointAt(curve, 0.85)).toBe(curve.points[0]);
    expect(pointAt(curve, 0.8)).toBe(curve.points[1]);
    expect(pointAt(curve, 0.95)).toBeUndefined();
  });

  it('is empty without truths', () => {
    expect(precisionRecall(ranking(0, [0.9, false])).points).toEqual([]);
    expect(averagePrecision(ranking(0, [0.9, false]))).toBeNaN();
  });

  it('is the same after it was sent', () => {
    fc.assert(
      fc.property(anyRanking, (one) => {
        const curve = precisionRecall(one);
        expect(unpackCurve(structuredClone(packCurve(curve)))).toEqual(curve);
      }),
    );
  });

  it('never loses recall on its way down', () => {
    fc.assert(
      fc.property(anyRanking, (one) => {
        const { points, truths } = precisionRecall(one);
        points.forEach((point, i) => {
          expect(point.recall).toBeLessThanOrEqual(1);
          expect(point.hits).toBeLessThanOrEqual(truths);
          const before = points[i - 1];
          if (!before) return;
          expect(point.score).toBeLessThan(before.score);
          expect(point.recall).toBeGreaterThanOrEqual(before.recall);
        });
      }),
    );
  });
});

describe('thresholds', () => {
  const curve = precisionRecall(
    ranking(4, [0.9, true], [0.8, true], [0.6, false], [0.5, true], [0.2, false], [0.1, false]),
  );

  it('by F1: half way to the next lower score', () => {
    // F1: 0.4, 0.667, 0.571, 0.75, 0.667, 0.6
    expect(bestByF1(curve)).toEqual({ threshold: 0.35, value: 0.75, point: curve.points[3] });
  });

  it('by cost: dear false alarms raise it, dear escapes lower it', () => {
    expect(bestByCost(curve, 0.6)).toMatchObject({ threshold: 0.7, point: curve.points[1] });
    expect(bestByCost(curve, 10)).toMatchObject({ threshold: 0.35, value: 11 });
    // Showing nothing costs 4 * 0.01, one defect less and no false alarm 3 * 0.01.
    const bad = precisionRecall(ranking(1, [0.9, false], [0.5, true]));
    expect(bestByCost(bad, 0.5)).toEqual({ threshold: 0.95, value: 0.5 });
  });

  it('has nothing to propose without truths or hits', () => {
    expect(bestByF1(precisionRecall(ranking(0, [0.9, false])))).toBeUndefined();
    expect(bestByF1(precisionRecall(ranking(2, [0.9, false])))).toBeUndefined();
    expect(bestByCost(precisionRecall(ranking(2)), 10)).toBeUndefined();
  });

  it('is the best there is, and its threshold shows exactly its point', () => {
    fc.assert(
      fc.property(anyRanking, fc.integer({ min: 1, max: 100 }), (one, tenths) => {
        const any = precisionRecall(one);
        const ratio = tenths / 10;
        const byF1 = bestByF1(any);
        const byCost = bestByCost(any, ratio);
        if (byF1) {
          expect(byF1.value).toBeCloseTo(Math.max(...any.points.map((point) => f1(any, point))), 12);
          expect(pointAt(any, byF1.threshold)).toBe(byF1.point);
        }
        if (byCost) {
          const costs = [undefined, ...any.points].map((point) => cost(any, point, ratio));
          expect(byCost.value).toBeCloseTo(Math.min(...costs), 12);
          // A score of 1 can't be hidden by any threshold.
          if (byCost.point || any.points[0]!.score < 1)
            expect(pointAt(any, byCost.threshold)).toBe(byCost.point);
        }
      }),
    );
  });
});
