/** Mask R-CNN as torchvision exports it: https://docs.pytorch.org/vision/stable/models/mask_rcnn.html */
import { buildDetections, toPhotoBox, type Candidate } from '../../pipeline/detections.js';
import { MAX_DETECTIONS } from '../../types.js';
import type { ModelAdapter, TorchvisionFormat } from '../family.js';
import { sampleGrid } from '../../regions/mask-grid.js';
import { output, preparePlanes } from '../tensors.js';
import { unsupported } from '../unsupported.js';

/** The resolution of the mask head: more can't be got out of a pasted mask. */
const MASK_SIZE = 28;

export function torchvisionAdapter({ input, batched, outputs: names }: TorchvisionFormat): ModelAdapter {
  return {
    family: 'torchvision',

    prepare(pixels, width, height, fit, model) {
      const data = preparePlanes(pixels, width, height, fit, model.input.padValue);
      const dims = [3, fit.paddedHeight, fit.paddedWidth];
      return { [input]: { type: 'float32', dims: batched ? [1, ...dims] : dims, data } };
    },

    toDetections(outputs, { scale, paddedWidth, paddedHeight }, imageWidth, imageHeight, model) {
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
      const candidates = Array.from(scores, (score, index): Candidate => {
        const [x1, y1, x2, y2] = boxes.subarray(index * 4, index * 4 + 4);
        const box = toPhotoBox(x1!, y1!, x2!, y2!, scale, imageWidth, imageHeight);
        return { index, classId: Number(labels[index]), score, box };
      });
      const maskOf = ({ index, box: [x, y, w, h] }: Candidate) => {
        const offset = index * paddedWidth * paddedHeight;
        const plane = { data: masks.data, offset, width: paddedWidth, height: paddedHeight };
        const data = sampleGrid(plane, [x * scale, y * scale, w * scale, h * scale], MASK_SIZE);
        return { size: MASK_SIZE, data };
      };
      const found = buildDetections(candidates, maskOf, imageWidth, imageHeight, model);
      return { ...found, truncated: found.truncated || scores.length >= MAX_DETECTIONS };
    },
  };
}
