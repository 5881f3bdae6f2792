/** What can go wrong, each with the next step. */

import { count, either } from './numbers.js';

interface OutputType {
  readonly name: string;
  readonly type: string | undefined;
  readonly wanted: readonly string[];
}

interface PastedMasks {
  readonly width: number;
  readonly height: number;
  readonly inputWidth: number;
  readonly inputHeight: number;
}

interface PredictionsShape {
  readonly dims: readonly (number | string)[];
  readonly channels: number | string | undefined;
  readonly classes: number | undefined;
}

export const errors = {
  /** What another program says, as it says it: a detector that somebody else has made, the runtime, the browser. */
  foreign: ({ text }: { readonly text: string }) => text,

  // What a network gives
  'output-type': ({ name, type = 'missing', wanted }: OutputType) =>
    `This model's output "${name}" is ${type}, where ${either(wanted)} is needed.`,
  'output-count': ({ name, found, wanted }: { name: string; found: number; wanted: number }) =>
    `This model gives ${found} ${name} for ${count(wanted, 'detection')}: its outputs don't belong together. ` +
    'Export it again.',
  'output-value': ({ what, value }: { what: string; value: string }) =>
    `This model gives a ${what} of ${value}, which can't be: it is of another kind than it seems, or damaged. ` +
    'Export it again, or use another model.',
  'pasted-masks-size': ({ width, height, inputWidth, inputHeight }: PastedMasks) =>
    `This model's masks measure ${width} x ${height} pixels where its input has ${inputWidth} x ${inputHeight}. ` +
    "Export it with torchvision's own mask pasting.",
  'predictions-shape': ({ dims, channels = 'unknown', classes }: PredictionsShape) =>
    `This model's predictions have the shape [${dims.join(', ')}], which doesn't add up to boxes, ` +
    `${classes === undefined ? 'classes' : count(classes, 'class', 'classes')} and ${channels} mask coefficients. ` +
    'Export it again as a segmentation model.',

  // What a file of this project says
  'own-input': 'This model\'s input "image" is not uint8 [height, width, 4] (RGBA).',
  'own-without-metadata': ({ key }: { key: string }) =>
    'This model has the right inputs and outputs but does not say what its classes are: ' +
    `its metadata lacks the key "${key}". Export it again with the project's training code.`,
};
