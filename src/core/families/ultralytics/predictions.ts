import { checkRows, checkedProbabilities, checkedScore } from '../output.js';
import { suppress } from './nms.js';
import type { Layout } from './layout.js';

/** As Ultralytics itself suppresses when it predicts: IoU, and the most that is left. */
const NMS_IOU = 0.7;
/** YOLOv5's own. */
const OBJECTNESS_NMS_IOU = 0.45;
const NMS_LIMIT = 300;

/** What the predictions say of one place. */
export interface Prediction {
  /** x1, y1, x2, y2 in input pixels. */
  readonly corners: readonly [number, number, number, number];
  readonly score: number;
  /** From 0. */
  readonly classIndex: number;
  readonly coefficients: Float32Array;
}

interface Source {
  readonly data: Float32Array;
  /** [1, rows, columns] */
  readonly dims: readonly number[];
  /** Mask coefficients per detection. */
  readonly channels: number;
  readonly floor: number;
}

/**
 * All at or above the floor, suppressed where the export leaves that to be done, in no particular order.
 * @throws {InspectorError} 'model-unsupported' where scores are none
 */
export function readPredictions(layout: Layout, source: Source): Prediction[] {
  switch (layout) {
    case 'end-to-end':
      return readEndToEnd(source);
    case 'raw':
      return suppressed(readRaw(source), NMS_IOU);
    case 'objectness':
      return suppressed(readObjectness(source), OBJECTNESS_NMS_IOU);
  }
}

/**
 * Whether the rows at or above the floor of predictions that could be end to end are: they have whole class numbers. YOLOv5's
 * with a single class have the same shape, but a probability in place of the class.
 */
export function isEndToEnd({ data, dims }: Pick<Source, 'data' | 'dims'>, floor: number): boolean {
  const [, count = 0, stride = 0] = dims;
  for (let row = 0; row < count * stride; row += stride) {
    if (data[row + 4]! >= floor && !Number.isInteger(data[row + 5])) return false;
  }
  return true;
}

function readEndToEnd({ data, dims: [, count = 0, stride = 0], floor }: Source): Prediction[] {
  const found: Prediction[] = [];
  checkRows(count);
  for (let row = 0; row < count * stride; row += stride) {
    const score = checkedScore(data[row + 4]!);
    if (score < floor) continue;
    found.push({
      corners: [data[row]!, data[row + 1]!, data[row + 2]!, data[row + 3]!],
      score,
      classIndex: data[row + 5]!,
      coefficients: data.subarray(row + 6, row + stride),
    });
  }
  return found;
}

function readRaw({ data, dims: [, rows = 0, count = 0], channels, floor }: Source): Prediction[] {
  const classCount = rows - 4 - channels;
  checkedProbabilities('score', data.subarray(4 * count, (4 + classCount) * count));
  // Row by row, as the numbers lie in memory.
  const best = data.slice(4 * count, 5 * count);
  const bestClass = new Int32Array(count);
  for (let k = 1; k < classCount; k++) {
    const row = (4 + k) * count;
    for (let i = 0; i < count; i++) {
      if (data[row + i]! <= best[i]!) continue;
      best[i] = data[row + i]!;
      bestClass[i] = k;
    }
  }
  const first = (4 + classCount) * count;
  const found: Prediction[] = [];
  for (let i = 0; i < count; i++) {
    if (best[i]! < floor) continue;
    found.push({
      corners: cornersOf(data[i]!, data[count + i]!, data[2 * count + i]!, data[3 * count + i]!),
      score: best[i]!,
      classIndex: bestClass[i]!,
      coefficients: Float32Array.from({ length: channels }, (_, k) => data[first + k * count + i]!),
    });
  }
  return found;
}

function readObjectness({ data, dims: [, count = 0, stride = 0], channels, floor }: Source): Prediction[] {
  const found: Prediction[] = [];
  for (let row = 0; row < count * stride; row += stride) {
    const objectness = checkedScore(data[row + 4]!);
    if (objectness < floor) continue;
    const classes = checkedProbabilities('score', data.subarray(row + 5, row + stride - channels));
    let classIndex = 0;
    for (let k = 1; k < classes.length; k++) if (classes[k]! > classes[classIndex]!) classIndex = k;
    const score = objectness * classes[classIndex]!;
    if (score < floor) continue;
    found.push({
      corners: cornersOf(data[row]!, data[row + 1]!, data[row + 2]!, data[row + 3]!),
      score,
      classIndex,
      coefficients: data.subarray(row + stride - channels, row + stride),
    });
  }
  return found;
}

const cornersOf = (x: number, y: number, width: number, height: number): Prediction['corners'] => [
  x - width / 2,
  y - height / 2,
  x + width / 2,
  y + height / 2,
];

function suppressed(found: readonly Prediction[], iou: number): Prediction[] {
  const kept = suppress(
    {
      corners: Float32Array.from(found.flatMap(({ corners }) => corners)),
      scores: found.map(({ score }) => score),
      classes: found.map(({ classIndex }) => classIndex),
    },
    iou,
    NMS_LIMIT,
  );
  return kept.map((place) => found[place]!);
}
