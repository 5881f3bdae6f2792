/**
 * The family of this project's own models: input `image` uint8 [h, w, 4], RGBA; outputs `boxes`, `scores`, `labels`, `masks`
 * (small grids over their boxes) and, where the model tells foreign photos, `features`.
 */
import { novelty } from '../../novelty.js';
import { prepareInput } from '../../pipeline/resample.js';
import { MAX_DETECTIONS, type ModelMetadata, type NoveltyReference } from '../../types.js';
import type { ModelFamily, NamedTensors, Network, Reading, ViewSize } from '../family.js';
import { UINT8, type OnnxFile } from '../onnx-summary.js';
import { checkCount, checkedNumbers, output } from '../output.js';
import { readScoredBoxes } from '../scored-boxes.js';
import { unsupported } from '../unsupported.js';
import { parseMetadata } from './metadata.js';

const METADATA_KEY = 'defect-inspector';
const OUTPUTS = ['boxes', 'scores', 'labels', 'masks'];
/** Of the input, for the warm-up. */
const WARM_UP_STRIDES = 2;

export const defectInspector: ModelFamily = {
  name: 'defect-inspector',
  recognise(file) {
    const metadata = readMetadata(file);
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
  const features = metadata.novelty && output(outputs, 'features', 'float32').data;
  return {
    candidates,
    isCapped: candidates.length >= MAX_DETECTIONS,
    ...(metadata.novelty && features && { novelty: noveltyOf(features, metadata.novelty) }),
  };
}

function noveltyOf(features: Float32Array, reference: NoveltyReference): number {
  if (features.length !== reference.centres[0]?.length) {
    throw unsupported({ reason: 'metadata-invalid', params: { path: 'novelty.centres', wanted: 'centres' } });
  }
  return novelty(checkedNumbers('features', features), reference);
}

/** Of a model of this project; undefined where it is none. */
function readMetadata({ inputs, outputs, metadata }: OnnxFile): ModelMetadata | undefined {
  const json = metadata.get(METADATA_KEY);
  const image = inputs.find(({ name }) => name === 'image');
  const isComplete = OUTPUTS.every((name) => outputs.some((one) => one.name === name));
  if (!image || !isComplete || (json === undefined && image.type !== UINT8)) return undefined;
  if (image.type !== UINT8 || image.shape?.length !== 3 || image.shape[2] !== 4) {
    throw unsupported({ reason: 'input-not-rgba' });
  }
  if (json === undefined) {
    throw unsupported({ reason: 'metadata-missing', params: { key: METADATA_KEY } });
  }
  return parseMetadata(json);
}
