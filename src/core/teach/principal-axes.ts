/** Directions along which rows differ most, which tell most pairs of rows apart after a few numbers. */
import { mulberry32 } from '../random.js';
import { addScaled, dot } from './lbfgs.js';
import type { Samples } from './samples.js';

/** Orthonormal directions through the rows' mean. */
export interface Axes {
  readonly mean: Float64Array;
  readonly directions: readonly Float64Array[];
}

/** Rows as seen along axes. */
export interface Projected {
  /** Numbers per row: the length of what lies beside all axes, one for each axis, and zeros that make them a multiple of four. */
  readonly dims: number;
  readonly values: Float64Array;
}

/** So many rows are looked at, in so many rounds: any axes do, better ones are only faster. */
const ROWS = 600;
const ROUNDS = 4;

/**
 * About the first principal axes, by orthogonal iteration (Golub and Van Loan, Matrix Computations, 2013, section 7.3) over some of the rows.
 *
 * @param count at most as many as rows and dimensions
 */
export function principalAxes({ rows, dims, values }: Samples, count: number): Axes {
  const picked = Array.from({ length: Math.min(rows, ROWS) }, (_, i) =>
    Math.floor((i * rows) / Math.min(rows, ROWS)),
  );
  const mean = new Float64Array(dims);
  for (const i of picked) for (let k = 0; k < dims; k++) mean[k]! += values[i * dims + k]! / picked.length;
  const centred = picked.map((i) => Float64Array.from(mean, (m, k) => values[i * dims + k]! - m));
  const random = mulberry32(1);
  let directions: Float64Array[] = Array.from({ length: Math.min(count, rows, dims) }, () =>
    Float64Array.from({ length: dims }, () => random() - 0.5),
  );
  for (let round = 0; round < ROUNDS; round++) {
    directions = orthonormal(
      directions.map((direction) => {
        const next = new Float64Array(dims);
        for (const row of centred) addScaled(next, row, dot(row, direction));
        return next;
      }),
    );
  }
  return { mean, directions };
}

/** Gram and Schmidt's, twice, so that rounding leaves nothing; what is no direction of its own is dropped. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const out: Float64Array[] = [];
  for (const vector of vectors) {
    const before = Math.sqrt(dot(vector, vector));
    for (let pass = 0; pass < 2; pass++) for (const one of out) addScaled(vector, one, -dot(vector, one));
    const length = Math.sqrt(dot(vector, vector));
    if (length > 1e-9 * before) out.push(vector.map((value) => value / length));
  }
  return out;
}

/** The difference of two projected rows is never longer than that of the rows themselves. */
export function project({ rows, dims, values }: Samples, { mean, directions }: Axes): Projected {
  const size = 4 * Math.ceil((directions.length + 1) / 4);
  const projected = new Float64Array(rows * size);
  const centred = new Float64Array(dims);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < dims; k++) centred[k] = values[i * dims + k]! - mean[k]!;
    let beside = dot(centred, centred);
    directions.forEach((direction, a) => {
      const along = dot(centred, direction);
      projected[i * size + a + 1] = along;
      beside -= along * along;
    });
    projected[i * size] = Math.sqrt(Math.max(0, beside));
  }
  return { dims: size, values: projected };
}
