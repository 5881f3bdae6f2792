import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../../../src/core/random.js';
import {
  balanced,
  fitLogistic,
  logisticLoss,
  type LogisticProblem,
} from '../../../../src/core/teach/logistic.js';
import { drawnSamples, normal, seeds } from './drawn-samples.js';

function problemOf(seed: number, rows = 60, dims = 5): LogisticProblem {
  const random = mulberry32(seed);
  const samples = drawnSamples(seed, rows, dims);
  const targets = Uint8Array.from({ length: rows }, (_, i) =>
    samples.values[i * dims]! + random() > 0.7 ? 1 : 0,
  );
  targets.set([0, 1]);
  const weights = Float64Array.from({ length: rows }, (_, i) => (i % 7 === 3 ? 0 : 0.1 + random()));
  return { samples, targets, weights, penalty: 0.01 };
}

/** The loss from its definition, row by row. */
function lossOf({ samples, targets, weights, penalty }: LogisticProblem, model: Float64Array): number {
  let [loss, total] = [0, 0];
  for (let i = 0; i < samples.rows; i++) {
    let z = model[samples.dims]!;
    for (let k = 0; k < samples.dims; k++) z += model[k]! * samples.values[i * samples.dims + k]!;
    // 1 - p would lose the digits of a p near 1.
    const likelihood = 1 / (1 + Math.exp(targets[i] ? -z : z));
    loss -= weights[i]! * Math.log(likelihood);
    total += weights[i]!;
  }
  const squares = model.subarray(0, samples.dims).reduce((sum, weight) => sum + weight * weight, 0);
  return loss / total + (penalty / 2) * squares;
}

const modelOf = (seed: number, dims: number) =>
  Float64Array.from({ length: dims + 1 }, normal(mulberry32(seed + 1)));

describe('logisticLoss', () => {
  it('is the weighted mean of the losses, and the penalty', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = problemOf(seed);
        const model = modelOf(seed, 5);
        expect(logisticLoss(problem, model).value).toBeCloseTo(lossOf(problem, model), 6);
      }),
      { numRuns: 30 },
    );
  });

  it('has the gradient of finite differences', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 9 }), (seed, rows) => {
        const problem = problemOf(seed, 20 + rows);
        const model = modelOf(seed, 5);
        const { gradient } = logisticLoss(problem, model);
        model.forEach((weight, k) => {
          const at = (by: number) => {
            const moved = model.slice();
            moved[k] = weight + by;
            return logisticLoss(problem, moved).value;
          };
          expect(gradient[k]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 6);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('does not overflow', () => {
    const problem = problemOf(1);
    const { value, gradient } = logisticLoss(problem, new Float64Array(6).fill(1e4));
    expect(Number.isFinite(value)).toBe(true);
    expect(gradient.every(Number.isFinite)).toBe(true);
  });
});

describe('fitLogistic', () => {
  it('ends where the gradient vanishes', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = problemOf(seed);
        const { model } = fitLogistic(problem, { tolerance: 1e-9 });
        for (const slope of logisticLoss(problem, model).gradient) expect(Math.abs(slope)).toBeLessThan(1e-8);
      }),
      { numRuns: 30 },
    );
  });

  it('ends at the same model wherever it starts', () => {
    const problem = problemOf(5);
    const { model } = fitLogistic(problem, { tolerance: 1e-9 });
    const other = fitLogistic(problem, { tolerance: 1e-9, start: modelOf(5, 5) });
    other.model.forEach((weight, k) => expect(weight).toBeCloseTo(model[k]!, 5));
  });

  it('separates what can be separated', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0.5, max: 3, noNaN: true }), (seed, gap) => {
        const samples = drawnSamples(seed, 80, 6);
        const normalOf = modelOf(seed, 5);
        const targets = new Uint8Array(80);
        // Every row is moved away from a plane, to the side on which it is.
        const length = normalOf.reduce((sum, value) => sum + value * value, 0);
        for (let i = 0; i < 80; i++) {
          let along = 0;
          for (let k = 0; k < 6; k++) along += normalOf[k]! * samples.values[i * 6 + k]!;
          targets[i] = along > 0 ? 1 : 0;
          const by = ((along > 0 ? gap : -gap) * 3) / Math.sqrt(length);
          for (let k = 0; k < 6; k++) samples.values[i * 6 + k]! += by * normalOf[k]!;
        }
        fc.pre(targets.includes(0) && targets.includes(1));
        const weights = balanced(targets, new Float64Array(80).fill(1));
        const { model } = fitLogistic({ samples, targets, weights, penalty: 1e-6 }, { tolerance: 1e-7 });
        for (let i = 0; i < 80; i++) {
          let z = model[6]!;
          for (let k = 0; k < 6; k++) z += model[k]! * samples.values[i * 6 + k]!;
          expect(z > 0).toBe(targets[i] === 1);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('takes rows of weight 0 for absent', () => {
    const problem = problemOf(9);
    const changed = { ...problem, samples: { ...problem.samples, values: problem.samples.values.slice() } };
    changed.samples.values.fill(1e3, 3 * 5, 4 * 5);
    expect(fitLogistic(changed).model).toEqual(fitLogistic(problem).model);
  });
});

describe('balanced', () => {
  it('lets both answers count alike, and keeps the ratios within each', () => {
    const weights = balanced([1, 0, 0, 0, 1], [1, 2, 0, 6, 3]);
    expect([...weights]).toEqual([1 / 8, 1 / 8, 0, 3 / 8, 3 / 8]);
  });

  it('leaves an answer that no row gives out', () => {
    expect([...balanced([0, 0], [1, 3])]).toEqual([1 / 8, 3 / 8]);
  });
});
