/** Segmentation models with mask prototypes, as Ultralytics exports them: `layout.ts` says in which shapes. */
import { SCORE_FLOOR, type ModelMetadata } from '../../types.js';
import type { Candidate, ModelFamily, NamedTensors, Network, Reading, ViewSize } from '../family.js';
import { gridShape } from '../grid-shape.js';
import { checkInPixels, checkedBox, checkedLabel, checkedNumbers, checkedScore, output } from '../output.js';
import { preparePlanes } from '../planes.js';
import { unsupported } from '../unsupported.js';
import { possibleLayouts, type Layout } from './layout.js';
import { isEndToEnd, readPredictions } from './predictions.js';
import { MASK_SIZE, prototypeMask, type Prototypes } from './prototypes.js';
import { readUltralytics, type UltralyticsFormat } from './recognise.js';

/** Of the input, for the warm-up: end-to-end models fail on inputs with fewer than 300 places; 4 x 4 strides have 336. */
const WARM_UP_STRIDES = 4;

export const ultralytics: ModelFamily = {
  name: 'ultralytics',
  recognise(file, hints) {
    const read = readUltralytics(file, hints);
    return read && ultralyticsNetwork(read.format, read.metadata);
  },
};

export function ultralyticsNetwork(format: UltralyticsFormat, metadata: ModelMetadata): Network {
  const { input } = metadata;
  const side = WARM_UP_STRIDES * input.stride;
  return {
    family: 'ultralytics',
    metadata,
    warmUp: input.size ?? { width: side, height: side },
    prepare(view) {
      const data = preparePlanes(view, input.padValue);
      const dims = [1, 3, view.fit.paddedHeight, view.fit.paddedWidth];
      return { [format.input]: { type: 'float32', dims, data } };
    },
    read: (outputs, view) => read(outputs, view, format, metadata),
  };
}

function read(
  outputs: NamedTensors,
  view: ViewSize,
  { outputs: names, classCount }: UltralyticsFormat,
  { classes, scoreFloor: floor = SCORE_FLOOR }: ModelMetadata,
): Reading {
  const { scale, paddedWidth, paddedHeight } = view.fit;
  const predicted = output(outputs, names.predictions, 'float32');
  const prototypes = readPrototypes(outputs, names.prototypes);
  const { channels, width, height } = prototypes;
  checkedNumbers(names.predictions, predicted.data);
  const layout = layoutOf(predicted, channels, classCount, floor);
  const across = (scale * width) / paddedWidth;
  const down = (scale * height) / paddedHeight;

  const candidates: Candidate[] = [];
  const predictions = readPredictions(layout, { ...predicted, channels, floor });
  // Other layouts list few places, which may all lie in a corner.
  if (layout === 'raw' && predictions.length > 0) {
    checkInPixels(predicted.data.subarray(0, 4 * (predicted.dims[2] ?? 0)));
  }
  for (const one of predictions) {
    const score = checkedScore(one.score);
    const classId = checkedLabel(one.classIndex + 1, classes);
    const box = checkedBox(one.corners, view);
    if (!box) continue;
    const grid = () => {
      const [x, y, w, h] = box;
      const data = prototypeMask(prototypes, one.coefficients, [x * across, y * down, w * across, h * down]);
      return { box, size: MASK_SIZE, data };
    };
    candidates.push({ classId, score, box, shape: () => gridShape(grid(), view) });
  }
  return { candidates, isCapped: false };
}

function readPrototypes(outputs: NamedTensors, name: string): Prototypes {
  const { dims, data } = output(outputs, name, 'float32');
  const [, channels = 0, height = 0, width = 0] = dims;
  return { data, channels, width, height };
}

/** @throws {InspectorError} 'model-unsupported' where channels, names and values don't add up to any layout */
function layoutOf(
  predicted: { readonly dims: readonly number[]; readonly data: Float32Array },
  channels: number,
  classCount: number | undefined,
  floor: number,
): Layout {
  const layouts = possibleLayouts(predicted.dims, channels, classCount);
  const [first, second] = layouts;
  if (first === undefined) {
    throw unsupported({
      reason: 'predictions-of-other-shape',
      params: { dims: predicted.dims, coefficients: channels, classes: classCount },
    });
  }
  return first === 'end-to-end' && second !== undefined && !isEndToEnd(predicted, floor) ? second : first;
}
