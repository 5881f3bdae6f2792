/** Checks of what a network has given: nothing that isn't finite, within range and named becomes a detection. */
import type { InspectorError } from '../errors.js';
import { MAX_CLASSES, MAX_ROWS } from '../limits.js';
import type { Box, ModelClass } from '../types.js';
import type { NamedTensors, PlainTensor, ViewSize } from './family.js';
import { unsupported } from './unsupported.js';

type TensorOf<T extends PlainTensor['type']> = Extract<PlainTensor, { readonly type: T }>;

/**
 * An output of the network, of one of the types that are understood.
 * @throws {InspectorError} 'model-unsupported'
 */
export function output<T extends PlainTensor['type']>(
  outputs: NamedTensors,
  name: string,
  ...types: readonly T[]
): TensorOf<T> {
  const tensor = outputs[name];
  if (tensor && types.some((type) => type === tensor.type)) return tensor as TensorOf<T>;
  const params = { output: name, found: tensor?.type, wanted: types };
  throw unsupported({ reason: 'output-of-other-type', params });
}

/** Room for rounding at the ends of a range. */
const TOLERANCE = 1e-3;

const isProbability = (value: number): boolean => value >= -TOLERANCE && value <= 1 + TOLERANCE;

/** A score, 0..1. @throws {InspectorError} 'model-unsupported' where it is none */
export function checkedScore(score: number): number {
  if (!isProbability(score)) throw implausible('score', score);
  return Math.min(1, Math.max(0, score));
}

/**
 * The label of a class that has a name. Of a file that neither names its classes nor gives away how many there are, any whole
 * number from 1 to `MAX_CLASSES`: nothing says that it is wrong, and whoever knows the names can give them.
 * @throws {InspectorError} 'model-unsupported' for any other number
 */
export function checkedLabel(label: number, classes: readonly ModelClass[]): number {
  const isKnown =
    classes.length > 0
      ? classes.some(({ id }) => id === label)
      : Number.isInteger(label) && label >= 1 && label <= MAX_CLASSES;
  if (!isKnown) throw implausible('label', label);
  return label;
}

/** Pixels by which rounding may exchange the sides of a box that has no width or height. */
const ROUNDING = 1;

/** So many times the input's longer side may a box reach beyond it: heads that predict distances overshoot, within bounds. */
const REACH = 4;

/**
 * A box given in pixels of the network's input, in pixels of the view and clipped to it; undefined where nothing of it is
 * left.
 * @throws {InspectorError} 'model-unsupported' where it isn't finite, reaches beyond `REACH` or ends before it begins
 */
export function checkedBox(corners: ArrayLike<number>, view: ViewSize): Box | undefined {
  const { width, height, fit } = view;
  const [x1 = NaN, y1 = NaN, x2 = NaN, y2 = NaN] = Array.from(corners);
  const side = Math.max(fit.paddedWidth, fit.paddedHeight);
  for (const value of [x1, y1, x2, y2]) {
    if (!(value >= -REACH * side && value <= (1 + REACH) * side)) throw implausible('box', value);
  }
  // Sizes in the place of corners, or corners in another order: dropped, such boxes would come back as nothing found.
  for (const side of [x2 - x1, y2 - y1]) if (side < -ROUNDING) throw implausible('side of a box', side);
  const clip = (value: number, limit: number) => Math.min(limit, Math.max(0, value / fit.scale));
  const left = clip(x1, width);
  const top = clip(y1, height);
  const box: Box = [left, top, clip(x2, width) - left, clip(y2, height) - top];
  return box[2] > 0 && box[3] > 0 ? box : undefined;
}

/** So large may the numbers of boxes in fractions of the photo be: 1, and what heads overshoot. */
const FRACTION = 1.5;

/**
 * @param boxes the numbers of all places' boxes, below the floor too: in pixels, they can't all lie in the first one
 * @throws {InspectorError} 'model-unsupported' where boxes are fractions of the photo
 */
export function checkInPixels(boxes: Float32Array): void {
  const isSome = boxes.length >= 12 && boxes.some((value) => value > 0);
  if (isSome && boxes.every((value) => value >= 0 && value <= FRACTION)) {
    throw unsupported({ reason: 'boxes-in-fractions' });
  }
}

/** As they are. @throws {InspectorError} 'model-unsupported' where one is not finite */
export function checkedNumbers(name: string, numbers: Float32Array): Float32Array {
  const bad = numbers.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw implausible(name, numbers[bad]!);
  return numbers;
}

/** Probabilities, as they are. @throws {InspectorError} 'model-unsupported' where one is not between 0 and 1 */
export function checkedProbabilities(name: string, numbers: Float32Array): Float32Array {
  const bad = numbers.findIndex((value) => !isProbability(value));
  if (bad >= 0) throw implausible(name, numbers[bad]!);
  return numbers;
}

/** @throws {InspectorError} 'model-unsupported' where there are more detections than any network gives */
export function checkRows(rows: number): void {
  if (rows > MAX_ROWS) throw implausible('number of detections', rows);
}

/** @throws {InspectorError} 'model-unsupported' where there are not as many as there are detections */
export function checkCount(name: string, found: number, wanted: number): void {
  if (found === wanted) return;
  throw unsupported({ reason: 'outputs-do-not-match', params: { output: name, found, detections: wanted } });
}

function implausible(what: string, value: number): InspectorError {
  const text = String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));
  return unsupported({ reason: 'output-implausible', params: { what, value: text } });
}
