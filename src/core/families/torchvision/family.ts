/**
 * Mask R-CNN as torchvision exports it: masks come pasted into images of the input's size.
 * https://docs.pytorch.org/vision/stable/models/mask_rcnn.html
 */
import { sampleGrid } from '../../regions/mask-grid.js';
import { MAX_DETECTIONS, type Box, type ModelMetadata } from '../../types.js';
import type { ModelFamily, NamedTensors, Network, Reading, ViewSize } from '../family.js';
import { checkCount, output } from '../output.js';
import { preparePlanes } from '../planes.js';
import { readScoredBoxes } from '../scored-boxes.js';
import { unsupported } from '../unsupported.js';
import { readTorchvision, type TorchvisionFormat } from './recognise.js';

/** The resolution of the mask head: more can't be got out of a pasted mask. */
const MASK_SIZE = 28;

export const torchvision: ModelFamily = {
  name: 'torchvision',
  recognise(file, hints) {
    const read = readTorchvision(file, hints);
    return read && torchvisionNetwork(read.format, read.metadata);
  },
};

/** Without a warm-up: however small its input is, this network enlarges it to 800 pixels, and would take as long as a photo. */
export function torchvisionNetwork(format: TorchvisionFormat, metadata: ModelMetadata): Network {
  const { input, batched, outputs: names } = format;
  return {
    family: 'torchvision',
    metadata,
    prepare(view) {
      const data = preparePlanes(view, metadata.input.padValue);
      const dims = [3, view.fit.paddedHeight, view.fit.paddedWidth];
      return { [input]: { type: 'float32', dims: batched ? [1, ...dims] : dims, data } };
    },
    read: (outputs, view) => read(outputs, view, names, metadata),
  };
}

function read(
  outputs: NamedTensors,
  view: ViewSize,
  names: TorchvisionFormat['outputs'],
  metadata: ModelMetadata,
): Reading {
  const { scale, paddedWidth, paddedHeight } = view.fit;
  const boxes = output(outputs, names.boxes, 'float32').data;
  const scores = output(outputs, names.scores, 'float32').data;
  const labels = output(outputs, names.labels, 'int64', 'int32').data;
  const masks = output(outputs, names.masks, 'float32');
  const [height = 0, width = 0] = masks.dims.slice(-2);
  if (scores.length > 0 && (width !== paddedWidth || height !== paddedHeight)) {
    throw unsupported({
      reason: 'masks-of-other-size',
      params: { width, height, inputWidth: paddedWidth, inputHeight: paddedHeight },
    });
  }
  const pixels = paddedWidth * paddedHeight;
  if (scores.length > 0) checkCount('masks', masks.data.length / pixels, scores.length);
  const gridOf = (index: number, [x, y, w, h]: Box) => {
    const plane = { data: masks.data, offset: index * pixels, width: paddedWidth, height: paddedHeight };
    return {
      size: MASK_SIZE,
      data: sampleGrid(plane, [x * scale, y * scale, w * scale, h * scale], MASK_SIZE),
    };
  };
  const candidates = readScoredBoxes({ scores, labels, boxes }, gridOf, view, metadata);
  return { candidates, isCapped: candidates.length >= MAX_DETECTIONS };
}
