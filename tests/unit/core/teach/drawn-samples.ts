/** Rows drawn for the tests of learning. */
import fc from 'fast-check';
import { mulberry32 } from '../../../../src/core/random.js';
import type { Samples } from '../../../../src/core/teach/samples.js';

/** Numbers of mean 0 and deviation 1, by Box and Muller. */
export function normal(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function samplesOf(rows: readonly (readonly number[])[]): Samples {
  return { rows: rows.length, dims: rows[0]?.length ?? 0, values: Float32Array.from(rows.flat()) };
}

/** Rows whose numbers vary together, as features do. */
export function drawnSamples(seed: number, rows: number, dims: number): Samples {
  const draw = normal(mulberry32(seed));
  const basis = Array.from({ length: 3 * dims }, draw);
  const values = new Float32Array(rows * dims);
  for (let i = 0; i < rows; i++) {
    const factors = [draw(), draw(), draw()];
    for (let k = 0; k < dims; k++) {
      values[i * dims + k] =
        0.3 * draw() + factors.reduce((sum, factor, q) => sum + factor * basis[q * dims + k]!, 0);
    }
  }
  return { rows, dims, values };
}

export const seeds = fc.nat(1e6);
