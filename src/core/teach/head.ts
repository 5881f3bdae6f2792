/** What was learnt, and what it says of cells. */
import { sigmoid } from '../logit.js';
import type { Nearest } from './nearest.js';
import type { Samples } from './samples.js';

/**
 * Of marks. A cell is a defect by p = sigmoid(defect); class c gets p * exp(z_c - max z), so that the best class gets all of it.
 */
export interface LinearHead {
  readonly kind: 'linear';
  /** Numbers per cell. */
  readonly dims: number;
  readonly defect: { readonly weights: Float32Array; readonly bias: number };
  /** Which class it is; absent where there is one. Weights class by class. */
  readonly classes?: { readonly weights: Float32Array; readonly biases: Float32Array };
}

/** Of good photos alone. A cell is unlike all remembered ones by sigmoid(slope * distance + offset), of the Euclidean distance to the nearest. */
export interface MemoryHead {
  readonly kind: 'memory';
  readonly dims: number;
  /** Cell by cell. */
  readonly cells: Float32Array;
  readonly slope: number;
  readonly offset: number;
}

export type Head = LinearHead | MemoryHead;

/** A defect model, and one per class; each has its bias last. */
export interface LinearModels {
  readonly defect: Float64Array;
  /** Empty where there is one class. */
  readonly classes: readonly Float64Array[];
}

export function linearHead({ defect, classes }: LinearModels, level: number): LinearHead {
  const dims = defect.length - 1;
  return {
    kind: 'linear',
    dims,
    defect: { weights: Float32Array.from(defect.subarray(0, dims)), bias: defect[dims]! - level },
    ...(classes.length > 0 && {
      classes: {
        weights: Float32Array.from(classes.flatMap((model) => [...model.subarray(0, dims)])),
        biases: Float32Array.from(classes, (model) => model[dims]!),
      },
    }),
  };
}

/** What a linear model says of each row, as a logit. */
export function logitsOf({ rows, dims, values }: Samples, model: Float64Array): Float64Array {
  const logits = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let z = model[dims]!;
    for (let k = 0, at = i * dims; k < dims; k++) z += model[k]! * values[at + k]!;
    logits[i] = z;
  }
  return logits;
}

/** What of a defect's score each class gets, 0..1: per class, a share for each row, the largest of which is 1. */
export function classShares(rows: Samples, { classes }: LinearModels): Float64Array[] {
  if (classes.length === 0) return [new Float64Array(rows.rows).fill(1)];
  const logits = classes.map((model) => logitsOf(rows, model));
  const most = logits.reduce((a, b) => a.map((z, row) => Math.max(z, b[row]!)));
  return logits.map((plane) => plane.map((z, row) => Math.exp(z - most[row]!)));
}

/** A score of 0.05, the floor below which nothing is reported, at a distance of 0. */
const AT_ZERO = Math.log(0.95 / 0.05);

/** The score of a distance that is a half at `threshold`. @param threshold above 0 */
export const memoryScale = (threshold: number): Pick<MemoryHead, 'slope' | 'offset'> => ({
  slope: AT_ZERO / threshold,
  offset: -AT_ZERO,
});

/** Of each row, 0..1. */
export function unlikeness(
  nearest: Nearest,
  rows: Samples,
  { slope, offset }: Pick<MemoryHead, 'slope' | 'offset'>,
): Float64Array {
  return Float64Array.from(nearest.distances(rows), (distance) => sigmoid(slope * distance + offset));
}
