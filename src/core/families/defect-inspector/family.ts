/**
 * The family of this project's own models: input `image` uint8 [h, w, 4], RGBA; outputs `boxes`, `scores`, `labels`, `masks`
 * (small grids over their boxes) and, where the model tells foreign photos, `features`.
 */
import { prepareInput } from '../../pipeline/resample.js';
import { MAX_DETECTIONS, type ModelMetadata } from '../../types.js';
import type { ModelFamily, NamedTensors, Network, Reading, ViewSize } from '../family.js';
import { noveltyOf } from '../novelty-of.js';
import { checkCount, output } from '../output.js';
import { readScoredBoxes } from '../scored-boxes.js';
import { ownMetadata } from './metadata.js';

const OUTPUTS = ['boxes', 'scores', 'labels', 'masks'];
/** Of the input, for the warm-up. */
const WARM_UP_STRIDES = 2;

export const defectInspector: ModelFamily = {
  name: 'defect-inspector',
  recognise(file) {
    const metadata = ownMetadata(file, OUTPUTS);
    return metadata && defectInspectorNetwork(metadata);
  },
};

export function defectInspectorNetwork(metadata: ModelMetadata): Network {
  const { input } = metadata;
  const side = WARM_UP_STRIDES * input.stride;
  return {
    family: 'defect-inspector',
    metadata,
    warmUp: { width: side, height: side },
    prepare({ pixels, fit }) {
      const data = prepareInput(pixels, fit, input.padValue);
      return { image: { type: 'uint8', dims: [fit.paddedHeight, fit.paddedWidth, 4], data } };
    },
    read: (outputs, view) => read(outputs, view, metadata),
  };
}

function read(outputs: NamedTensors, view: ViewSize, metadata: ModelMetadata): Reading {
  const scores = output(outputs, 'scores', 'float32').data;
  const labels = output(outputs, 'labels', 'int32', 'int64').data;
  const boxes = output(outputs, 'boxes', 'float32').data;
  const masks = output(outputs, 'masks', 'float32');
  // Without a detection the grids have no size to speak of.
  const size = masks.dims.at(-1) ?? 0;
  if (scores.length > 0) checkCount('masks', masks.data.length / (size * size), scores.length);
  const gridOf = (index: number) => ({
    size,
    data: masks.data.subarray(index * size * size, (index + 1) * size * size),
  });
  const candidates = readScoredBoxes({ scores, labels, boxes }, gridOf, view, metadata);
  return {
    candidates,
    isCapped: candidates.length >= MAX_DETECTIONS,
    ...noveltyOf(outputs, metadata),
  };
}
