import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TaughtJudge, visitScores, type JudgedPhoto } from '../../../../src/core/evaluation/taught.js';
import type { ScoreMap } from '../../../../src/core/regions/score-map.js';
import type { Region } from '../../../../src/core/types.js';

const box = (x: number, y: number, width: number, height: number): Region => ({
  ...{ x, y, width, height },
  counts: Uint32Array.of(0, width * height),
});

const map = (width: number, height: number, data: readonly number[], step = 1): ScoreMap => ({
  ...{ x: 0, y: 0, step, width, height },
  classes: data.length / (width * height),
  data: Float32Array.from(data),
});

const scoresOf = (one: ScoreMap, width: number, height: number) => {
  const scores: number[] = [];
  visitScores(one, { width, height }, (at, score) => (scores[at] = score));
  return scores;
};

describe('scores of pixels', () => {
  it('lie between those of the cells, whose middles have their own', () => {
    expect(scoresOf(map(2, 1, [0, 1], 4), 8, 1)).toEqual([0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1]);
    expect(scoresOf(map(1, 2, [0, 1], 2), 1, 4)).toEqual([0, 0.25, 0.75, 1]);
  });

  it('are those of the class that has the highest there', () => {
    expect(scoresOf(map(2, 1, [0.25, 0.5, 0.75, 0]), 2, 1)).toEqual([0.75, 0.5]);
  });

  it('are where the grid lies in the photo', () => {
    expect(scoresOf({ ...map(2, 1, [0, 1]), x: 1 }, 4, 1)).toEqual([0, 0, 1, 1]);
  });

  it('never leave the range of the cells', () => {
    const values = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.5, max: 9, noNaN: true }), (data, step) => {
        for (const score of scoresOf(map(4, 3, data, step), 17, 11)) {
          expect(score).toBeGreaterThanOrEqual(Math.min(...map(4, 3, data).data) - 1e-6);
          expect(score).toBeLessThanOrEqual(Math.max(...map(4, 3, data).data) + 1e-6);
        }
      }),
    );
  });
});

describe('figures', () => {
  const SIZE = { width: 4, height: 2 };
  const defective: JudgedPhoto = {
    ...SIZE,
    truth: box(0, 0, 2, 2),
    map: map(4, 2, [0.9, 0.8, 0.2, 0.1, 0.9, 0.3, 0.2, 0.1]),
    regions: [box(0, 0, 1, 2), box(3, 0, 1, 1)],
  };
  const good: JudgedPhoto = {
    ...SIZE,
    truth: undefined,
    map: map(4, 2, [0, 0, 0, 0, 0, 0, 0, 0.5]),
    regions: [],
  };

  const judged = (photos: readonly JudgedPhoto[]) => {
    const judge = new TaughtJudge();
    const scores = photos.map((photo) => judge.add(photo));
    return { scores, ...judge.figures() };
  };

  it('come from maps, pixels and regions', () => {
    const figures = judged([defective, good]);
    expect(figures.scores).toEqual([expect.closeTo(0.9, 6), 0.5]);
    expect(figures).toMatchObject({ imageAUROC: 1, found: 1, falseAlarms: 0, pixelIoU: 2 / 5 });
    // Of the 12 good pixels one has more than .3, the lowest of the four marked ones.
    expect(figures.pixelAUROC).toBeCloseTo(47 / 48);
    expect(figures.pixelAP).toBeCloseTo(0.75 + 0.25 * (4 / 5));
  });

  it('count a defect as found from an IoU of .1 with those parts of it that the region touches', () => {
    const wide = { ...SIZE, width: 40, map: map(40, 2, Array<number>(80).fill(0)) };
    const found = (regions: readonly Region[], truth = box(0, 0, 20, 1)) =>
      judged([{ ...wide, truth, regions }]).found;
    expect(found([box(0, 0, 2, 1)])).toBe(1);
    expect(found([box(0, 0, 1, 1)])).toBe(0);
    expect(found([box(30, 0, 9, 1)])).toBe(0);
    // Two pits apart: only the one that is touched counts, however large the other is.
    const pits: Region = { x: 0, y: 0, width: 40, height: 1, counts: Uint32Array.of(0, 2, 3, 35) };
    expect(found([box(0, 0, 1, 1)], pits)).toBe(1);
  });

  it('count what is shown on good photos, and are NaN where there is nothing to count', () => {
    expect(judged([good, { ...good, regions: [box(0, 0, 1, 1), box(3, 0, 1, 1)] }])).toMatchObject({
      falseAlarms: 1,
      found: NaN,
      imageAUROC: NaN,
      pixelAP: NaN,
      pixelIoU: 0,
    });
  });
});
