/** Distances between rows, exact: most pairs are told apart by a few numbers of each (`principal-axes.ts`). */
import { principalAxes, project, type Axes, type Projected } from './principal-axes.js';
import type { Samples } from './samples.js';

/** Axes that rows are compared along before all of their numbers are. */
const AXES = 31;
/** Rounding must not rule out what is nearer by less than that. */
const SLACK = 1 - 1e-9;

/** Rows that others are compared with. */
export class Nearest {
  private readonly projected: Projected;

  constructor(
    private readonly rows: Samples,
    private readonly axes: Axes = principalAxes(rows, AXES),
  ) {
    this.projected = project(rows, axes);
  }

  /**
   * The largest distance of a query to the nearest row. A query is left as soon as a row is known to be no farther away than the largest
   * so far (Taha and Hanbury, IEEE TPAMI 37, 2015), which makes it many times faster than all distances.
   */
  farthest(queries: Samples): number {
    const seen = project(queries, this.axes);
    let most = 0;
    let near = 0;
    for (let i = 0; i < queries.rows; i++) {
      let best = squaredDistance(queries.values, i, this.rows.values, near, queries.dims, Infinity);
      for (let j = 0; j < this.rows.rows && best > most; j++) {
        if (isFarther(seen, i, this.projected, j, best)) continue;
        const square = squaredDistance(queries.values, i, this.rows.values, j, queries.dims, best);
        if (square >= best) continue;
        best = square;
        near = j;
      }
      most = Math.max(most, best);
    }
    return Math.sqrt(most);
  }

  /**
   * Of each query the distance to the nearest row. Queries that follow each other are best alike, as cells of a photo are: the last
   * one's nearest row is tried first.
   */
  distances(queries: Samples): Float32Array {
    const seen = project(queries, this.axes);
    const out = new Float32Array(queries.rows);
    let nearest = 0;
    for (let i = 0; i < queries.rows; i++) {
      let best = squaredDistance(queries.values, i, this.rows.values, nearest, queries.dims, Infinity);
      for (let j = 0; j < this.rows.rows; j++) {
        if (isFarther(seen, i, this.projected, j, best)) continue;
        const square = squaredDistance(queries.values, i, this.rows.values, j, queries.dims, best);
        if (square >= best) continue;
        best = square;
        nearest = j;
      }
      out[i] = Math.sqrt(best);
    }
    return out;
  }
}

/** A choice of rows that all others are near to. */
export interface Coreset {
  /** In the order in which they were taken. */
  readonly rows: Uint32Array;
  /** The largest distance of a row to the nearest that was taken; 0 where all are remembered. */
  readonly radius: number;
}

/**
 * Greedy k-centre (Gonzalez, Theoretical Computer Science 38, 1985): each next row is the one farthest from all that were taken. The
 * radius is at most twice that of the best choice of so many rows. Of rows that are the same, one is taken.
 *
 * @param most rows, at least 1
 * @param first the row to begin with
 */
export function coresetOf(samples: Samples, most: number, first: number): Coreset {
  const { rows, dims, values } = samples;
  const projected = project(samples, principalAxes(samples, AXES));
  const squares = new Float64Array(rows).fill(Infinity);
  const taken: number[] = [];
  let next = first;
  let radius = Infinity;
  while (taken.length < most && radius > 0) {
    taken.push(next);
    const last = next;
    radius = 0;
    for (let i = 0; i < rows; i++) {
      if (!isFarther(projected, i, projected, last, squares[i]!)) {
        squares[i] = Math.min(squares[i]!, squaredDistance(values, i, values, last, dims, squares[i]!));
      }
      if (squares[i]! > radius) {
        radius = squares[i]!;
        next = i;
      }
    }
  }
  return { rows: Uint32Array.from(taken), radius: Math.sqrt(radius) };
}

/** Are the rows farther apart than the root of `square`, as far as their projections tell? */
function isFarther(a: Projected, i: number, b: Projected, j: number, square: number): boolean {
  const { dims } = a;
  const one = a.values;
  const other = b.values;
  const limit = square / SLACK;
  let sum = 0;
  for (let k = i * dims, by = j * dims - k, end = k + dims; k < end; k += 4) {
    const p = one[k]! - other[k + by]!;
    const q = one[k + 1]! - other[k + 1 + by]!;
    const r = one[k + 2]! - other[k + 2 + by]!;
    const s = one[k + 3]! - other[k + 3 + by]!;
    sum += p * p + q * q + r * r + s * s;
    if (sum >= limit) return true;
  }
  return false;
}

/** Of two rows; anything from `limit` on as soon as it is known to be that much. */
function squaredDistance(
  a: Float32Array,
  i: number,
  b: Float32Array,
  j: number,
  dims: number,
  limit: number,
): number {
  const by = (j - i) * dims;
  const end = (i + 1) * dims;
  let sum = 0;
  let k = i * dims;
  for (; k + 8 <= end && sum < limit; k += 8) {
    const p = a[k]! - b[k + by]!;
    const q = a[k + 1]! - b[k + 1 + by]!;
    const r = a[k + 2]! - b[k + 2 + by]!;
    const s = a[k + 3]! - b[k + 3 + by]!;
    const t = a[k + 4]! - b[k + 4 + by]!;
    const u = a[k + 5]! - b[k + 5 + by]!;
    const v = a[k + 6]! - b[k + 6 + by]!;
    const w = a[k + 7]! - b[k + 7 + by]!;
    sum += p * p + q * q + (r * r + s * s) + (t * t + u * u) + (v * v + w * w);
  }
  for (; k < end && sum < limit; k++) {
    const difference = a[k]! - b[k + by]!;
    sum += difference * difference;
  }
  return sum;
}
