import { expect, test } from 'vitest';
import { SCORE_BINS, scoreHistogram } from '../../../../src/core/recipe/score-histogram.js';

const photo = (...scores: readonly (readonly [classId: number, score: number])[]) => ({
  detections: scores.map(([classId, score]) => ({ classId, score })),
});

test('scores are counted by class, over all photos', () => {
  const first = photo([1, 0.05], [1, 1], [2, 0.5]);
  const all = scoreHistogram([first, photo([1, 0.05])]);
  expect([...all.keys()]).toEqual([1, 2]);
  expect([all.get(1)![0], all.get(1)![SCORE_BINS - 1]]).toEqual([2, 1]);
  expect(all.get(2)!.reduce((a, b) => a + b)).toBe(1);
  // What is added up is not what is remembered of a photo.
  expect(scoreHistogram([first]).get(1)![0]).toBe(1);
  expect(scoreHistogram([]).size).toBe(0);
});

test('a score on an edge lies above it', () => {
  for (let bin = 0; bin < SCORE_BINS; bin++) {
    const edge = Math.round((0.05 + (0.95 * bin) / SCORE_BINS) * 1000) / 1000;
    expect(
      scoreHistogram([photo([1, edge])])
        .get(1)!
        .indexOf(1),
    ).toBe(bin);
  }
});
