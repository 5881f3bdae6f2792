/** What can be wrong with a model: its file, its inputs and outputs, its metadata, what it gives. */
import { count, either } from './numbers.js';

const ADVICE = 'Use a model for instance segmentation.';

/** What lies where a model should be. */
const NOT_ONNX = {
  'web-page': 'it is a web page',
  pickle: 'it is a PyTorch checkpoint. Convert it to ONNX first',
  safetensors: 'it is a safetensors file, which holds weights alone. Convert the model to ONNX first',
  openvino: 'it is an OpenVINO model. Export the model as ONNX instead',
  ort: 'it is in the ORT format. Use the ONNX file that it was made of',
  zip: 'it is a zip archive, as PyTorch saves checkpoints. Convert it to ONNX first',
  'tensorflow-lite': 'it is a TensorFlow Lite model. Convert it to ONNX first',
  keras: 'it is a Keras (HDF5) model. Convert it to ONNX first',
  gzip: 'it is compressed with gzip. Unpack it first',
  image: 'it is an image',
  unknown: 'the file begins differently, whatever its name is. Choose one that was exported as ONNX',
};

const METADATA_VALUES = {
  object: 'an object',
  list: 'a list',
  text: 'a text',
  number: 'a number',
  'positive-number': 'a number above 0',
  fraction: 'a number from 0 to 1',
  colour: 'a colour like #0072b2',
  classes: 'at least one class',
  'different-ids': 'classes whose ids differ',
  centres: 'a list of centres of one length',
};

/** What has a name. */
const NAMED = { class: 'a class', tensor: 'an input or output' };

/** What a file turns out to be. */
export type NotOnnx = keyof typeof NOT_ONNX;

/** What a value in a model's metadata has to be. */
export type MetadataValue =
  | keyof typeof METADATA_VALUES
  | { readonly wholeFrom: number; readonly to?: number }
  /** Characters. */
  | { readonly textUpTo: number }
  | { readonly oneOf: readonly string[] };

function describeValue(value: MetadataValue): string {
  if (typeof value === 'string') return METADATA_VALUES[value];
  if ('oneOf' in value) return either(value.oneOf);
  if ('textUpTo' in value) return `a text of at most ${value.textUpTo} characters`;
  return value.to === undefined
    ? `a whole number of at least ${value.wholeFrom}`
    : `a whole number from ${value.wholeFrom} to ${value.to}`;
}

/** So many of several names are said. */
const SAID = 8;

function quoted(names: readonly string[]): string {
  const said = names.slice(0, SAID).map((name) => `"${name}"`);
  if (names.length > SAID) said.push(`${names.length - SAID} more`);
  return said.join(', ') || 'none';
}

export const modelErrors = {
  // The file
  'model-file-empty': 'The model file is empty. Download or export it again.',
  'model-file-damaged': 'The model file ends early or is damaged. Download or export it again.',
  'model-file-gone':
    "The model file can't be read any more. If it was moved, changed or unplugged, choose it again.",
  'model-file-too-large':
    'The model file is too large for the memory of this device. Close other pages, or use a smaller model.',
  'git-lfs-pointer':
    'This is a Git LFS pointer, not the model itself: run "git lfs pull" where the files come from, then try again.',
  'not-onnx': ({ found }: { readonly found: NotOnnx }) => `This is not an ONNX model: ${NOT_ONNX[found]}.`,
  'no-features':
    'Nothing can be taught with this model: it lacks the features that lessons are learnt on. Use the model that comes with the page.',
  'weights-in-second-file':
    'This model keeps its weights in a second file, which a browser can\'t open. Export it as one file ("external_data=False").',

  // Kinds of models that have no masks of single defects
  'model-of-other-task': ({ task }: { readonly task: string }) =>
    `This model was made for another task ("${task}"): it has no masks. ${ADVICE}`,
  'classification-model': `This is a classification model: it has no masks. ${ADVICE}`,
  'one-map-for-all': `This model gives one map for the whole image: it does not tell defects apart. ${ADVICE}`,
  'detection-model': `This is a detection model: it has boxes but no masks. ${ADVICE}`,
  'unknown-kind-of-model': ({
    inputs,
    outputs,
  }: {
    readonly inputs: readonly string[];
    readonly outputs: readonly string[];
  }) =>
    `This model is of a kind that is not known here: its inputs are ${quoted(inputs)} and its outputs ${quoted(outputs)}. ` +
    'Models of this project, Mask R-CNN by torchvision and segmentation models by Ultralytics can be used.',

  // Inputs
  'needs-more-than-photo': ({ inputs }: { readonly inputs: readonly string[] }) =>
    `This model needs more than a photo: its inputs are ${quoted(inputs)}. ` +
    'Export it with the photo as its only input.',
  'half-precision':
    'This model calculates with half precision (fp16), which gains nothing in a browser. Export it with float32 inputs.',
  'input-not-planes': ({ input }: { readonly input: string }) =>
    `This model's input "${input}" is not float32 [3, height, width]. Export it with such an input.`,
  'input-not-rgba':
    'This model\'s input "image" is not uint8 [height, width, 4] (RGBA). Export it again with the project\'s training code.',
  'colours-last': ({ input }: { readonly input: string }) =>
    `This model's input "${input}" has its colours last. Export it with the input [1, 3, height, width].`,
  'channels-not-rgb': ({ channels }: { readonly channels: number }) =>
    `This model's input is not red, green and blue: its number of channels is ${channels}, not 3. ` +
    'Use a model for colour photos.',
  'several-photos-at-once': ({ photos }: { readonly photos: number }) =>
    `This model takes ${count(photos, 'photo')} at once. Export it for one ("batch=1").`,

  // Metadata
  'class-names-do-not-match': ({ classes, names }: { readonly classes: number; readonly names: number }) =>
    `This model tells ${count(classes, 'class', 'classes')} apart, but ${count(names, 'name was', 'names were')} given. ` +
    'Give one name for each class, in the order of the training.',
  'metadata-missing': ({ key }: { readonly key: string }) =>
    'This model has the right inputs and outputs but does not say what its classes are: ' +
    `its metadata lacks the key "${key}". Export it again with the project's training code.`,
  'metadata-not-json': "The model's metadata is not JSON: it is damaged. Export the model again.",
  'metadata-of-other-format': ({ format }: { readonly format?: string | number | undefined }) =>
    `This model's metadata has ${format === undefined ? 'no format' : `format ${JSON.stringify(format)}`}; ` +
    'this version of the program reads format 1. Reload the page, or export the model again.',
  /** Without a path, it is the whole that is wrong. */
  'metadata-invalid': ({
    path,
    wanted,
  }: {
    readonly path?: string | undefined;
    readonly wanted: MetadataValue;
  }) =>
    `The model's metadata is invalid: ${path ?? 'it'} must be ${describeValue(wanted)}. Correct it, and export the model again.`,

  'metadata-too-long': ({ limit }: { readonly limit: number }) =>
    `The model's metadata has more than ${limit} characters: it is damaged. Export the model again.`,
  'metadata-too-deep': ({ levels }: { readonly levels: number }) =>
    `The model's metadata is nested more than ${levels} levels deep: it is damaged. Export the model again.`,
  'too-many-classes': ({ classes, limit }: { readonly classes: number; readonly limit: number }) =>
    `This model tells ${count(classes, 'class', 'classes')} apart; at most ${limit} can be used. ` +
    'If that is not what it was made for, it is damaged: export it again.',
  'name-too-long': ({ what, limit }: { readonly what: 'class' | 'tensor'; readonly limit: number }) =>
    `The name of ${NAMED[what]} of this model has more than ${limit} characters. Give it a shorter one, and export it again.`,
  'input-of-impossible-size': ({
    width,
    height,
    limit,
  }: Readonly<Record<'width' | 'height' | 'limit', number>>) =>
    `This model takes photos of ${width} x ${height} pixels; sides from 1 to ${limit} pixels can be used. ` +
    'Export it for a smaller input.',

  // What it gives
  'output-of-other-type': ({
    output,
    found,
    wanted,
  }: {
    readonly output: string;
    readonly found?: string | undefined;
    readonly wanted: readonly string[];
  }) =>
    `This model's output "${output}" is ${found ?? 'missing'}, where ${either(wanted)} is needed. Export it again.`,
  'output-unreadable': ({ output, type }: { readonly output: string; readonly type: string }) =>
    `This model's output "${output}" has values of the type ${type}, which can't be read. Export it again with float32 outputs.`,
  /** Sizes in pixels: of the masks, and of the input that they should have. */
  'masks-of-other-size': ({
    width,
    height,
    inputWidth,
    inputHeight,
  }: Readonly<Record<'width' | 'height' | 'inputWidth' | 'inputHeight', number>>) =>
    `This model's masks measure ${width} x ${height} pixels where its input has ${inputWidth} x ${inputHeight}. ` +
    "Export it with torchvision's own mask pasting.",
  'outputs-do-not-match': ({
    output,
    found,
    detections,
  }: {
    readonly output: string;
    readonly found: number;
    readonly detections: number;
  }) =>
    `This model gives ${found} ${output} for ${count(detections, 'detection')}: its outputs don't belong together. ` +
    'Export it again.',
  'output-implausible': ({ what, value }: { readonly what: string; readonly value: string }) =>
    `This model answers with ${what} of ${value}, which can't be: it is of another kind than it seems, or damaged. ` +
    'Export it again, or use another model.',
  'boxes-in-fractions':
    "This model's boxes seem to be fractions of the photo, where pixels are needed. Export it again with boxes in pixels.",
  'predictions-of-other-shape': ({
    dims,
    coefficients = 'unknown',
    classes,
  }: {
    readonly dims: readonly (number | string)[];
    readonly coefficients: number | string | undefined;
    readonly classes: number | undefined;
  }) =>
    `This model's predictions have the shape [${dims.join(', ')}], which doesn't add up to boxes, ` +
    `${classes === undefined ? 'classes' : count(classes, 'class', 'classes')} and ${coefficients} mask coefficients. ` +
    'Export it again as a segmentation model.',
};
