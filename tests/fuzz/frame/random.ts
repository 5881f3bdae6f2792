/** Numbers that look random and are the same for the same seed. */
export class Random {
  constructor(private state: number) {}

  /** 0 up to, but not including, 1. */
  next(): number {
    // mulberry32
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
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
