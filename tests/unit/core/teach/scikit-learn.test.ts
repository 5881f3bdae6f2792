import { describe, expect, it } from 'vitest';
import { balanced, fitLogistic } from '../../../../src/core/teach/logistic.js';
import { Nearest } from '../../../../src/core/teach/nearest.js';
import { auroc, Ranking } from '../../../../src/core/teach/ranking.js';
import type { Samples } from '../../../../src/core/teach/samples.js';
import { fixture, floats } from '../helpers.js';

interface Fixture {
  readonly dims: number;
  readonly cells: string;
  readonly regression: {
    readonly targets: readonly number[];
    readonly weights: readonly number[];
    readonly balanced: readonly number[];
    readonly fits: readonly { readonly penalty: number; readonly model: readonly number[] }[];
  };
  readonly queries: string;
  readonly distances: readonly number[];
  readonly rankings: readonly {
    readonly scores: readonly number[];
    readonly marked: readonly number[];
    readonly areas: readonly number[];
    readonly auroc: number;
    readonly weightedAuroc: number;
    readonly weightedAP: number;
  }[];
}

/** What `python -m training.teach_fixtures` wrote. */
const expected = fixture<Fixture>('teach');

function samplesOf(base64: string): Samples {
  const values = floats(base64);
  return { rows: values.length / expected.dims, dims: expected.dims, values };
}

describe('as scikit-learn has it', () => {
  const samples = samplesOf(expected.cells);
  const { targets, weights, fits } = expected.regression;

  it('weights are balanced', () => {
    const found = balanced(targets, weights);
    expected.regression.balanced.forEach((weight, i) => expect(found[i]).toBeCloseTo(weight, 12));
  });

  it.each(fits)('logistic regression is fitted at a penalty of $penalty', ({ penalty, model }) => {
    const problem = { samples, targets, weights: expected.regression.balanced, penalty };
    const fit = fitLogistic(problem, { tolerance: 1e-10, maxIterations: 1000 });
    model.forEach((weight, k) => expect(fit.model[k]! / weight).toBeCloseTo(1, 4));
  });

  it('the nearest is as far away', () => {
    const found = new Nearest(samples).distances(samplesOf(expected.queries));
    expected.distances.forEach((distance, i) => expect(found[i]).toBeCloseTo(distance, 5));
  });

  it.each(expected.rankings)('scores are ranked', (one) => {
    const ranking = new Ranking();
    one.scores.forEach((score, i) => {
      ranking.add(score, one.marked[i]! * one.areas[i]!, (1 - one.marked[i]!) * one.areas[i]!);
    });
    expect(ranking.auroc()).toBeCloseTo(one.weightedAuroc, 10);
    expect(ranking.averagePrecision()).toBeCloseTo(one.weightedAP, 10);
    const of = (kind: number) => one.scores.filter((_, i) => one.marked[i] === kind);
    expect(auroc(of(1), of(0))).toBeCloseTo(one.auroc, 10);
  });
});
