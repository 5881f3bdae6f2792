/** Rows of numbers to learn from. */
export interface Samples {
  readonly rows: number;
  /** Numbers per row. */
  readonly dims: number;
  /** Row by row. */
  readonly values: Float32Array;
}

/** Some of the rows, in the order given. */
export function pick({ dims, values }: Samples, rows: ArrayLike<number>): Samples {
  const picked = new Float32Array(rows.length * dims);
  for (let i = 0; i < rows.length; i++) {
    picked.set(values.subarray(rows[i]! * dims, (rows[i]! + 1) * dims), i * dims);
  }
  return { rows: rows.length, dims, values: picked };
}

/** At most so many of a number of rows, evenly spaced. */
export function evenly(rows: number, most: number): Uint32Array {
  const count = Math.min(rows, most);
  return Uint32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count));
}

/** All rows of several, one after the other. @throws {RangeError} where there is none, or where they differ in their dimensions */
export function together(parts: readonly Samples[]): Samples {
  const first = parts[0];
  if (!first || parts.some(({ dims }) => dims !== first.dims)) {
    throw new RangeError('Cells of different features have nothing in common.');
  }
  if (parts.length === 1) return first;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const values = new Float32Array(rows * first.dims);
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    at += part.values.length;
  }
  return { rows, dims: first.dims, values };
}

/** The root of the mean squared distance of the rows from their mean. */
export function spreadOf({ rows, dims, values }: Samples): number {
  let squares = 0;
  for (let k = 0; k < dims; k++) {
    let [mean, sum] = [0, 0];
    for (let i = 0; i < rows; i++) mean += values[i * dims + k]! / rows;
    for (let i = 0; i < rows; i++) sum += (values[i * dims + k]! - mean) ** 2;
    squares += sum / rows;
  }
  return Math.sqrt(squares);
}
