/** Points closer than this, in photo pixels, to the line between their neighbours are left out. */
const COLLINEAR = 1e-3;

/** Collects a ring's points in single precision, without repeated and collinear ones. */
export class RingBuilder {
  private readonly xs: number[] = [];
  private readonly ys: number[] = [];

  add(x: number, y: number): void {
    this.xs.push(Math.fround(x));
    this.ys.push(Math.fround(y));
    let last = this.xs.length - 1;
    while (last >= 2 && this.isFlat(last - 2, last - 1, last)) {
      this.xs.splice(last - 1, 1);
      this.ys.splice(last - 1, 1);
      last--;
    }
  }

  /** The ring, or nothing where no three points are left. */
  close(): Float32Array | undefined {
    let first = 0;
    let last = this.xs.length - 1;
    for (let changed = true; changed && last - first >= 2;) {
      changed = true;
      if (this.isFlat(last - 1, last, first)) last--;
      else if (this.isFlat(last, first, first + 1)) first++;
      else changed = false;
    }
    if (last - first < 2) return undefined;
    const ring = new Float32Array(2 * (last - first + 1));
    for (let i = first; i <= last; i++) {
      ring[2 * (i - first)] = this.xs[i]!;
      ring[2 * (i - first) + 1] = this.ys[i]!;
    }
    return ring;
  }

  private isFlat(a: number, b: number, c: number): boolean {
    const dx = this.xs[c]! - this.xs[a]!;
    const dy = this.ys[c]! - this.ys[a]!;
    const cross = dx * (this.ys[b]! - this.ys[a]!) - dy * (this.xs[b]! - this.xs[a]!);
    return Math.abs(cross) <= COLLINEAR * Math.hypot(dx, dy);
  }
}
