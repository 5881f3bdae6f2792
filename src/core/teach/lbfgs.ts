/**
 * The curvature that the last steps of a minimisation have shown, as limited-memory BFGS keeps it (Nocedal and Wright, Numerical
 * Optimization, 2006, algorithm 7.4).
 */
export class Curvature {
  private readonly pairs: { step: Float64Array; change: Float64Array; inverse: number }[] = [];

  /** @param most steps that are remembered */
  constructor(private readonly most = 10) {}

  /** Takes in a step and by how much the gradient changed on it. A step without curvature says nothing and is left out. */
  add(step: Float64Array, change: Float64Array): void {
    const curvature = dot(step, change);
    if (!(curvature > 1e-14 * Math.sqrt(dot(step, step) * dot(change, change)))) return;
    this.pairs.push({ step, change, inverse: 1 / curvature });
    if (this.pairs.length > this.most) this.pairs.shift();
  }

  /** The direction of descent: minus the inverse Hessian, as far as it is known, times the gradient. */
  descent(gradient: Float64Array): Float64Array {
    const direction = gradient.map((value) => -value);
    const shares = this.pairs.map(() => 0);
    for (let i = this.pairs.length - 1; i >= 0; i--) {
      const { step, change, inverse } = this.pairs[i]!;
      shares[i] = inverse * dot(step, direction);
      addScaled(direction, change, -shares[i]!);
    }
    const last = this.pairs.at(-1);
    if (last) {
      const factor = 1 / (last.inverse * dot(last.change, last.change));
      for (let i = 0; i < direction.length; i++) direction[i]! *= factor;
    }
    this.pairs.forEach(({ step, change, inverse }, i) => {
      addScaled(direction, step, shares[i]! - inverse * dot(change, direction));
    });
    return direction;
  }
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** `to += factor * what` */
export function addScaled(to: Float64Array, what: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * what[i]!;
}
