/**
 * Factorises a symmetric positive definite matrix into L times its transpose (Golub and Van Loan, Matrix Computations, 2013,
 * section 4.2), in place: L takes the lower triangle.
 *
 * @param matrix row by row, `size` x `size`; the upper triangle isn't read
 * @throws {RangeError} when the matrix is not positive definite
 */
export function factorise(matrix: Float64Array, size: number): void {
  for (let j = 0; j < size; j++) {
    const row = j * size;
    for (let i = j; i < size; i++) {
      const other = i * size;
      let sum = matrix[other + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[other + k]! * matrix[row + k]!;
      if (i > j) matrix[other + j] = sum / matrix[row + j]!;
      else if (sum > 0) matrix[row + j] = Math.sqrt(sum);
      else throw new RangeError('The matrix is not positive definite.');
    }
  }
}

/** Solves L L' x = b with what `factorise` gave; `vector` holds b, then x. */
export function solveFactorised(factor: Float64Array, size: number, vector: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let sum = vector[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * size + k]! * vector[k]!;
    vector[i] = sum / factor[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    const value = vector[i]! / factor[i * size + i]!;
    vector[i] = value;
    for (let k = 0; k < i; k++) vector[k]! -= factor[i * size + k]! * value;
  }
}
