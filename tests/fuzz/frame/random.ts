import { mulberry32 } from '../../../src/core/random.js';

/** Numbers that look random and are the same for the same seed. */
export class Random {
  /** 0 up to, but not including, 1. */
  readonly next: () => number;

  constructor(seed: number) {
    this.next = mulberry32(seed);
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  pick<T>(values: readonly [T, ...T[]] | readonly T[]): T {
    return values[this.int(0, values.length - 1)]!;
  }

  /** True in that share of the cases. */
  chance(share: number): boolean {
    return this.next() < share;
  }
}
