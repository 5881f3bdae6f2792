/**
 * Segmentation models as Ultralytics exports them: https://docs.ultralytics.com/modes/export/. Predictions come in two
 * shapes, told apart by their size: as they leave the network, [1, 4 + classes + coefficients, places], with boxes as
 * centre and size, to be filtered and suppressed here; or end to end, [1, detections, 6 + coefficients], with corners,
 * score and class. Either way boxes are in pixels of the input.
 */
import { buildDetections, toPhotoBox, type Candidate } from '../../pipeline/detections.js';
import { SCORE_FLOOR } from '../../types.js';
import type { ModelAdapter, UltralyticsFormat } from '../family.js';
import { suppress } from './nms.js';
import { MASK_SIZE, prototypeMask, type Prototypes } from './prototypes.js';
import { output, preparePlanes } from '../tensors.js';
import { unsupported } from '../unsupported.js';

/** As Ultralytics itself suppresses when it predicts: IoU, and the most that is left. */
const NMS_IOU = 0.7;
const NMS_LIMIT = 300;

/** What was found, and where in the predictions the mask coefficients of place `index` are. */
interface Predictions {
  /** x1, y1, x2, y2 in input pixels, by place. */
  readonly corners: Float32Array;
  readonly scores: Float32Array;
  /** From 0. */
  readonly classes: Int32Array;
  /** Places in the order of the candidates. */
  readonly kept: readonly number[];
  readonly coefficientAt: (index: number, channel: number) => number;
}

export function ultralyticsAdapter({ input, outputs: names }: UltralyticsFormat): ModelAdapter {
  return {
    family: 'ultralytics',

    prepare(pixels, width, height, fit, model) {
      const data = preparePlanes(pixels, width, height, fit, model.input.padValue);
      return { [input]: { type: 'float32', dims: [1, 3, fit.paddedHeight, fit.paddedWidth], data } };
    },

    toDetections(outputs, { scale, paddedWidth, paddedHeight }, imageWidth, imageHeight, model) {
      const predicted = output(outputs, names.predictions, 'float32');
      const { dims, data } = output(outputs, names.prototypes, 'float32');
      const [, channels, height, width] = dims;
      const prototypes: Prototypes = { data, channels: channels!, width: width!, height: height! };
      const floor = model.scoreFloor ?? SCORE_FLOOR;
      const read = predicted.dims[2] === 6 + channels! ? readEndToEnd : readRaw;
      const { corners, scores, classes, kept, coefficientAt } = read(
        predicted.data,
        predicted.dims,
        channels!,
        floor,
      );

      const candidates = kept.map((index): Candidate => {
        const [x1, y1, x2, y2] = corners.subarray(index * 4, index * 4 + 4);
        const box = toPhotoBox(x1!, y1!, x2!, y2!, scale, imageWidth, imageHeight);
        return { index, classId: classes[index]! + 1, score: scores[index]!, box };
      });
      const across = (scale * width!) / paddedWidth;
      const down = (scale * height!) / paddedHeight;
      const maskOf = ({ index, box: [x, y, w, h] }: Candidate) => {
        const coefficients = Float32Array.from({ length: channels! }, (_, k) => coefficientAt(index, k));
        const box = [x * across, y * down, w * across, h * down] as const;
        return { size: MASK_SIZE, data: prototypeMask(prototypes, coefficients, box) };
      };
      return buildDetections(candidates, maskOf, imageWidth, imageHeight, model);
    },
  };
}

function readEndToEnd(
  data: Float32Array,
  [, count = 0, stride = 0]: readonly number[],
  _: number,
  floor: number,
): Predictions {
  const corners = new Float32Array(count * 4);
  const scores = new Float32Array(count);
  const classes = new Int32Array(count);
  const kept: number[] = [];
  for (let i = 0; i < count; i++) {
    const row = i * stride;
    corners.set(data.subarray(row, row + 4), i * 4);
    scores[i] = data[row + 4]!;
    classes[i] = data[row + 5]!;
    if (scores[i]! >= floor) kept.push(i);
  }
  return { corners, scores, classes, kept, coefficientAt: (i, channel) => data[i * stride + 6 + channel]! };
}

function readRaw(
  data: Float32Array,
  [, rows = 0, count = 0]: readonly number[],
  channels: number,
  floor: number,
): Predictions {
  const classCount = rows - 4 - channels;
  if (classCount < 1) {
    throw unsupported({ reason: 'too-few-predictions', params: { rows, coefficients: channels } });
  }
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
  const places: number[] = [];
  for (let i = 0; i < count; i++) if (best[i]! >= floor) places.push(i);

  const corners = new Float32Array(places.length * 4);
  for (const [i, place] of places.entries()) {
    const x = data[place]!;
    const y = data[count + place]!;
    const halfWidth = data[2 * count + place]! / 2;
    const halfHeight = data[3 * count + place]! / 2;
    corners.set([x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight], i * 4);
  }
  const scores = Float32Array.from(places, (place) => best[place]!);
  const classes = Int32Array.from(places, (place) => bestClass[place]!);
  const first = (4 + classCount) * count;
  return {
    corners,
    scores,
    classes,
    kept: suppress({ corners, scores, classes }, NMS_IOU, NMS_LIMIT),
    coefficientAt: (i, channel) => data[first + channel * count + places[i]!]!,
  };
}
