import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coresetOf, Nearest } from '../../../../src/core/teach/nearest.js';
import type { Samples } from '../../../../src/core/teach/samples.js';
import { drawnSamples, samplesOf, seeds } from './drawn-samples.js';

function distance(a: Samples, i: number, b: Samples, j: number): number {
  let sum = 0;
  for (let k = 0; k < a.dims; k++) sum += (a.values[i * a.dims + k]! - b.values[j * a.dims + k]!) ** 2;
  return Math.sqrt(sum);
}

const indices = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Of each row the distance to the nearest of some, from the definition. */
const toNearest = (samples: Samples, of: Samples, some: readonly number[]) =>
  indices(samples.rows).map((i) => Math.min(...some.map((j) => distance(samples, i, of, j))));

describe('Nearest', () => {
  it('gives the distances of the definition, whatever the shape of the rows', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 60 }), fc.constantFrom(1, 3, 40), (seed, rows, dims) => {
        const memory = drawnSamples(seed, rows, dims);
        const queries = drawnSamples(seed + 1, 20, dims);
        const found = new Nearest(memory).distances(queries);
        toNearest(queries, memory, indices(rows)).forEach((expected, i) => {
          expect(found[i]).toBeCloseTo(expected, 4);
        });
        expect(new Nearest(memory).farthest(queries)).toBeCloseTo(Math.max(...found), 4);
      }),
      { numRuns: 40 },
    );
  });

  it('is 0 for what is remembered', () => {
    const memory = drawnSamples(2, 50, 20);
    expect([...new Nearest(memory).distances(memory)]).toEqual(indices(50).map(() => 0));
  });

  it('bears rows that are all the same', () => {
    const memory = samplesOf([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect([...new Nearest(memory).distances(samplesOf([[4, 6]]))]).toEqual([5]);
  });
});

describe('coresetOf', () => {
  it('takes the row that is farthest from all that were taken, one after the other', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 12 }), fc.nat(29), (seed, most, first) => {
        const samples = drawnSamples(seed, 30, 20);
        const { rows, radius } = coresetOf(samples, most, first);
        expect(rows[0]).toBe(first);
        const all = [...rows];
        expect(new Set(all).size).toBe(most);
        for (let n = 1; n < most; n++) {
          const far = toNearest(samples, samples, all.slice(0, n));
          expect(far[all[n]!]).toBeCloseTo(Math.max(...far), 4);
        }
        expect(radius).toBeCloseTo(Math.max(...toNearest(samples, samples, all)), 4);
      }),
      { numRuns: 30 },
    );
  });

  it('covers all rows at most twice as far as the best choice would', () => {
    fc.assert(
      fc.property(seeds, fc.nat(8), (seed, first) => {
        const samples = drawnSamples(seed, 9, 4);
        const choices = indices(9).flatMap((a) => indices(9).map((b) => [a, b, (a * b) % 9]));
        const best = Math.min(
          ...choices.map((choice) => Math.max(...toNearest(samples, samples, choice))),
          ...indices(9).flatMap((a) =>
            indices(9).flatMap((b) =>
              indices(9).map((c) => Math.max(...toNearest(samples, samples, [a, b, c]))),
            ),
          ),
        );
        expect(coresetOf(samples, 3, first).radius).toBeLessThanOrEqual(2 * best + 1e-6);
      }),
      { numRuns: 15 },
    );
  });

  it('takes rows that are the same once', () => {
    const samples = samplesOf([[1], [2], [1], [2], [1]]);
    expect(coresetOf(samples, 4, 0)).toEqual({ rows: Uint32Array.of(0, 1), radius: 0 });
  });
});
