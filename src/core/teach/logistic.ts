/** Logistic regression with an L2 penalty, by limited-memory BFGS with exact line searches. */
import { sigmoid } from '../logit.js';
import { Curvature, addScaled, dot } from './lbfgs.js';
import type { Samples } from './samples.js';

/** `weights` and, last, the bias. */
export type LinearModel = Float64Array;

export interface LogisticProblem {
  readonly samples: Samples;
  /** Per row 1 or 0: is it of the class? */
  readonly targets: ArrayLike<number>;
  /** Per row, not negative; rows of weight 0 are left out. Only their ratios count. */
  readonly weights: ArrayLike<number>;
  /** Of half the squared length of the weights (the bias is free), against the weighted mean of the losses. Above 0. */
  readonly penalty: number;
}

export interface LogisticOptions {
  readonly start?: LinearModel;
  /** Largest part of the gradient at which the minimum counts as reached. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
}

export interface LogisticFit {
  readonly model: LinearModel;
  readonly iterations: number;
}

/** log(1 + e^z), without overflow. */
const softplus = (z: number): number => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

/** Weights with which both answers count alike, however many rows give them; `weights` are kept within each. All 0 of an answer that no row gives. */
export function balanced(targets: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
  const sums = [0, 0];
  for (let i = 0; i < targets.length; i++) sums[targets[i]!]! += weights[i]!;
  return Float64Array.from(weights, (weight, i) => (weight === 0 ? 0 : weight / (2 * sums[targets[i]!]!)));
}

/** The problem over the rows that count. */
class Objective {
  private readonly rows: Uint32Array;
  private readonly targets: Float64Array;
  /** Sum to 1. */
  private readonly weights: Float64Array;
  private readonly residuals: Float64Array;

  constructor(private readonly problem: LogisticProblem) {
    const { samples, targets, weights } = problem;
    const rows: number[] = [];
    let total = 0;
    for (let i = 0; i < samples.rows; i++) {
      if (weights[i] === 0) continue;
      rows.push(i);
      total += weights[i]!;
    }
    this.rows = Uint32Array.from(rows);
    this.targets = Float64Array.from(rows, (i) => targets[i]!);
    this.weights = Float64Array.from(rows, (i) => weights[i]! / total);
    this.residuals = new Float64Array(rows.length);
  }

  get size(): number {
    return this.rows.length;
  }

  /** What a model says of each row. Four rows at a time, so that a weight is read once for all of them. */
  apply(model: LinearModel, out: Float64Array): void {
    const { dims, values } = this.problem.samples;
    const { rows } = this;
    const bias = model[dims]!;
    const whole = rows.length - (rows.length % 4);
    for (let i = 0; i < whole; i += 4) {
      const a = rows[i]! * dims;
      const b = rows[i + 1]! * dims;
      const c = rows[i + 2]! * dims;
      const d = rows[i + 3]! * dims;
      let [za, zb, zc, zd] = [bias, bias, bias, bias];
      for (let k = 0; k < dims; k++) {
        const weight = model[k]!;
        za += weight * values[a + k]!;
        zb += weight * values[b + k]!;
        zc += weight * values[c + k]!;
        zd += weight * values[d + k]!;
      }
      out[i] = za;
      out[i + 1] = zb;
      out[i + 2] = zc;
      out[i + 3] = zd;
    }
    for (let i = whole; i < rows.length; i++) {
      let z = bias;
      for (let k = 0, at = rows[i]! * dims; k < dims; k++) z += model[k]! * values[at + k]!;
      out[i] = z;
    }
  }

  value(model: LinearModel, z: Float64Array): number {
    let loss = 0;
    for (let i = 0; i < z.length; i++)
      loss += this.weights[i]! * (softplus(z[i]!) - this.targets[i]! * z[i]!);
    return loss + (this.problem.penalty / 2) * this.squares(model);
  }

  gradient(model: LinearModel, z: Float64Array): Float64Array {
    const { samples, penalty } = this.problem;
    const { dims, values } = samples;
    const { rows, residuals } = this;
    const gradient = model.map((weight) => penalty * weight);
    let bias = 0;
    for (let i = 0; i < z.length; i++) {
      const residual = this.weights[i]! * (sigmoid(z[i]!) - this.targets[i]!);
      residuals[i] = residual;
      bias += residual;
    }
    const whole = rows.length - (rows.length % 4);
    for (let i = 0; i < whole; i += 4) {
      const a = rows[i]! * dims;
      const b = rows[i + 1]! * dims;
      const c = rows[i + 2]! * dims;
      const d = rows[i + 3]! * dims;
      const ra = residuals[i]!;
      const rb = residuals[i + 1]!;
      const rc = residuals[i + 2]!;
      const rd = residuals[i + 3]!;
      for (let k = 0; k < dims; k++) {
        gradient[k]! += ra * values[a + k]! + rb * values[b + k]! + rc * values[c + k]! + rd * values[d + k]!;
      }
    }
    for (let i = whole; i < rows.length; i++) {
      const at = rows[i]! * dims;
      for (let k = 0; k < dims; k++) gradient[k]! += residuals[i]! * values[at + k]!;
    }
    gradient[dims] = bias;
    return gradient;
  }

  /**
   * How far to go along a direction: the minimum of a convex function of one variable, by Newton's method held to a bracket. What
   * the rows say along the way is linear in it, so that no row is read.
   */
  stepAlong(model: LinearModel, direction: Float64Array, z: Float64Array, dz: Float64Array): number {
    const { penalty } = this.problem;
    const { dims } = this.problem.samples;
    const flat = penalty * (dot(model, direction) - model[dims]! * direction[dims]!);
    const bend = penalty * this.squares(direction);
    let [low, high] = [0, Infinity];
    let step = 1;
    for (let round = 0; round < 40; round++) {
      let slope = flat + step * bend;
      let curvature = bend;
      for (let i = 0; i < z.length; i++) {
        const p = sigmoid(z[i]! + step * dz[i]!);
        const share = this.weights[i]! * dz[i]!;
        slope += share * (p - this.targets[i]!);
        curvature += share * dz[i]! * p * (1 - p);
      }
      if (slope > 0) high = step;
      else low = step;
      const next = step - slope / curvature;
      const isOutside = !(next > low && next < high);
      const to = isOutside ? (high === Infinity ? 2 * low : (low + high) / 2) : next;
      if (Math.abs(to - step) <= 1e-3 * step) return to;
      step = to;
    }
    return step;
  }

  /** Of the weights without the bias. */
  private squares(model: LinearModel): number {
    const bias = model[this.problem.samples.dims]!;
    return dot(model, model) - bias * bias;
  }
}

/** The weighted mean of the logistic losses with the penalty, and its gradient. */
export function logisticLoss(
  problem: LogisticProblem,
  model: LinearModel,
): { readonly value: number; readonly gradient: Float64Array } {
  const objective = new Objective(problem);
  const z = new Float64Array(objective.size);
  objective.apply(model, z);
  return { value: objective.value(model, z), gradient: objective.gradient(model, z) };
}

/** The model of the least loss. It is the only one, since the penalty makes the loss strictly convex. */
export function fitLogistic(problem: LogisticProblem, options: LogisticOptions = {}): LogisticFit {
  const { dims } = problem.samples;
  const { start, tolerance = 1e-5, maxIterations = 200 } = options;
  const objective = new Objective(problem);
  const model = start ? start.slice() : new Float64Array(dims + 1);
  const curvature = new Curvature();
  const z = new Float64Array(objective.size);
  const dz = new Float64Array(objective.size);
  objective.apply(model, z);
  let gradient = objective.gradient(model, z);
  let iterations = 0;
  while (iterations < maxIterations && largest(gradient) > tolerance) {
    iterations++;
    const direction = curvature.descent(gradient);
    objective.apply(direction, dz);
    const step = objective.stepAlong(model, direction, z, dz);
    direction.forEach((value, i) => (direction[i] = value * step));
    addScaled(model, direction, 1);
    addScaled(z, dz, step);
    const next = objective.gradient(model, z);
    curvature.add(
      direction,
      next.map((value, i) => value - gradient[i]!),
    );
    gradient = next;
  }
  return { model, iterations };
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
