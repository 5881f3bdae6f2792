/**
 * Models that somebody has taught in the browser: input `image` uint8 [h, w, 4], RGBA; output `map` float32 [classes, h / cell, w / cell], scores of cells.
 */
import { prepareInput } from '../../pipeline/resample.js';
import type { ModelMetadata, TaughtRule } from '../../types.js';
import { ownMetadata } from '../defect-inspector/metadata.js';
import type { ScoreMap } from '../../regions/score-map.js';
import type { ModelFamily, NamedTensors, Network, ViewSize } from '../family.js';
import { noveltyOf } from '../novelty-of.js';
import { checkCount, checkedProbabilities, output } from '../output.js';
import { findRegions } from './find-regions.js';

const OUTPUT = 'map';
/** Of the input, for the warm-up. */
const WARM_UP_STRIDES = 2;

export const taught: ModelFamily = {
  name: 'taught',
  recognise(file) {
    const metadata = ownMetadata(file, [OUTPUT]);
    return metadata?.taught && taughtNetwork(metadata, metadata.taught);
  },
};

export function taughtNetwork(metadata: ModelMetadata, rule: TaughtRule): Network {
  const { input, classes } = metadata;
  const side = WARM_UP_STRIDES * input.stride;
  return {
    family: 'taught',
    metadata,
    warmUp: { width: side, height: side },
    prepare({ pixels, fit }) {
      const data = prepareInput(pixels, fit, input.padValue);
      return { image: { type: 'uint8', dims: [fit.paddedHeight, fit.paddedWidth, 4], data } };
    },
    read: (outputs, view) => ({
      candidates: [],
      isCapped: false,
      map: readMap(outputs, view, classes.length, rule.cell),
      ...noveltyOf(outputs, metadata),
    }),
    findOnMap: (map, photo) =>
      findRegions(map, photo, rule).map(({ plane, ...found }) => ({ classId: classes[plane]!.id, ...found })),
  };
}

function readMap(outputs: NamedTensors, { fit }: ViewSize, classes: number, cell: number): ScoreMap {
  const { data, dims } = output(outputs, OUTPUT, 'float32');
  const [columns, rows] = [fit.paddedWidth / cell, fit.paddedHeight / cell];
  checkCount(OUTPUT, dims.at(-1) ?? 0, columns);
  checkCount(OUTPUT, data.length, columns * rows * classes);
  checkedProbabilities(OUTPUT, data);
  // What the network sees beyond the photo is no part of it.
  const width = Math.ceil(fit.width / cell);
  const height = Math.ceil(fit.height / cell);
  const own = new Float32Array(classes * width * height);
  for (let row = 0; row < classes * height; row++) {
    const plane = Math.floor(row / height);
    const from = (plane * rows + (row % height)) * columns;
    own.set(data.subarray(from, from + width), row * width);
  }
  return { x: 0, y: 0, step: cell / fit.scale, width, height, classes, data: own };
}
