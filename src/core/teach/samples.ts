/** Rows of numbers to learn from. */
export interface Samples {
  readonly rows: number;
  /** Numbers per row. */
  readonly dims: number;
  /** Row by row. */
  readonly values: Float32Array;
}

/** Mean and spread of each number. */
export interface Standard {
  readonly means: Float64Array;
  /** Standard deviations; 1 for what never changes. */
  readonly spreads: Float64Array;
}

/**
 * Mean and standard deviation of each number over all rows, weighted. Two passes, so that large means cost no digits.
 *
 * @param weights per row, not negative, not all 0
 */
export function standardOf({ rows, dims, values }: Samples, weights: ArrayLike<number>): Standard {
  const means = new Float64Array(dims);
  const squares = new Float64Array(dims);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const weight = weights[i]!;
    total += weight;
    if (weight === 0) continue;
    for (let k = 0, at = i * dims; k < dims; k++) means[k]! += weight * values[at + k]!;
  }
  for (let k = 0; k < dims; k++) means[k]! /= total;
  for (let i = 0; i < rows; i++) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    for (let k = 0, at = i * dims; k < dims; k++) squares[k]! += weight * (values[at + k]! - means[k]!) ** 2;
  }
  const spreads = squares.map((square) => Math.sqrt(square / total));
  // What differs by less than rounding is constant.
  spreads.forEach((spread, k) => {
    if (!(spread > 1e-6 * Math.max(1e-6, Math.abs(means[k]!)))) spreads[k] = 1;
  });
  return { means, spreads };
}

/** The rows with mean 0 and spread 1, in place. */
export function standardise({ rows, dims, values }: Samples, { means, spreads }: Standard): void {
  for (let i = 0; i < rows; i++) {
    for (let k = 0, at = i * dims; k < dims; k++)
      values[at + k] = (values[at + k]! - means[k]!) / spreads[k]!;
  }
}
