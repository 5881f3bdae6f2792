/** Distances between rows, exact: most pairs are told apart by a few numbers of each (`principal-axes.ts`). */
import { principalAxes, project, type Axes, type Projected } from './principal-axes.js';
import type { Samples } from './samples.js';

/** Axes that rows are compared along before all of their numbers are. */
const AXES = 16;
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
  const from = i * dims;
  const to = j * dims;
  const beside = a.values[from + dims - 1]! - b.values[to + dims - 1]!;
  let sum = beside * beside;
  for (let k = 0; k < dims - 1; k++) {
    const difference = a.values[from + k]! - b.values[to + k]!;
    sum += difference * difference;
    if (sum * SLACK >= square) return true;
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
  let sum = 0;
  const from = i * dims;
  const to = j * dims;
  for (let k = 0; k < dims && sum < limit;) {
    for (const end = Math.min(dims, k + 16); k < end; k++) {
      const difference = a[from + k]! - b[to + k]!;
      sum += difference * difference;
    }
  }
  return sum;
}
