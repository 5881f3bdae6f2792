/** Levels of a network differ in how large their numbers are: each is divided by its spread, so that all have their say. */
import type { CellView } from './cells.js';

/**
 * The spread of each level: the root of its channels' mean variance, over all cells.
 * @param channels how many of a cell's numbers each level has, one level after the other
 */
export function levelSpreads(views: readonly CellView[], channels: readonly number[]): number[] {
  const dims = channels.reduce((sum, count) => sum + count, 0);
  const sums = new Float64Array(dims);
  const squares = new Float64Array(dims);
  let count = 0;
  for (const { cells } of views) {
    const { values } = cells;
    for (let at = 0; at < values.length; at += dims, count++) {
      for (let k = 0; k < dims; k++) {
        const value = values[at + k]!;
        sums[k]! += value;
        squares[k]! += value * value;
      }
    }
  }
  let from = 0;
  return channels.map((length) => {
    let variance = 0;
    for (let k = from; k < from + length; k++) variance += squares[k]! / count - (sums[k]! / count) ** 2;
    from += length;
    // Where nothing differs, nothing is to be brought into proportion.
    return Math.sqrt(Math.max(0, variance) / length) || 1;
  });
}

/** Divides each level by its spread, in place. */
export function divideLevels(
  values: Float32Array,
  channels: readonly number[],
  spreads: readonly number[],
): void {
  const factors = channels.flatMap((count, level) => Array<number>(count).fill(spreads[level]!));
  for (let at = 0; at < values.length; at += factors.length) {
    for (let k = 0; k < factors.length; k++) values[at + k]! /= factors[k]!;
  }
}
