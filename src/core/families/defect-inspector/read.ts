/** The family of this project's own models: masks arrive as small grids over their boxes, and features that tell foreign photos. */
import { buildDetections, toPhotoBox, type Candidate } from '../../pipeline/detections.js';
import { novelty } from '../../novelty.js';
import { prepareInput } from '../../pipeline/resample.js';
import { MAX_DETECTIONS } from '../../types.js';
import type { ModelAdapter } from '../family.js';
import { output } from '../tensors.js';

export const defectInspectorAdapter: ModelAdapter = {
  family: 'defect-inspector',

  prepare(pixels, width, height, fit, { input }) {
    const data = prepareInput(pixels, width, height, fit, input.padValue);
    return { image: { type: 'uint8', dims: [fit.paddedHeight, fit.paddedWidth, 4], data } };
  },

  toDetections(outputs, { scale }, imageWidth, imageHeight, model) {
    const scores = output(outputs, 'scores', 'float32').data;
    const labels = output(outputs, 'labels', 'int32', 'int64').data;
    const boxes = output(outputs, 'boxes', 'float32').data;
    const masks = output(outputs, 'masks', 'float32');
    const size = masks.dims.at(-1)!;
    const candidates = Array.from(scores, (score, index): Candidate => {
      const [x1, y1, x2, y2] = boxes.subarray(index * 4, index * 4 + 4);
      const box = toPhotoBox(x1!, y1!, x2!, y2!, scale, imageWidth, imageHeight);
      return { index, classId: Number(labels[index]), score, box };
    });
    const maskOf = ({ index }: Candidate) => ({
      size,
      data: masks.data.slice(index * size * size, (index + 1) * size * size),
    });
    const found = buildDetections(candidates, maskOf, imageWidth, imageHeight, model);
    return {
      ...found,
      truncated: found.truncated || scores.length >= MAX_DETECTIONS,
      ...(model.novelty && {
        novelty: novelty(output(outputs, 'features', 'float32').data, model.novelty),
      }),
    };
  },
};
