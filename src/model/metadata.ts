/**
 * What a model file must be, checked before any session is made, so that a wrong file gets a sentence that helps.
 * The format: input `image`, outputs `boxes`, `scores`, `labels`, `masks`, and one metadata key with JSON.
 */
import { InspectorError } from '../core/errors.js';
import type { InputRule, ModelClass, ModelMetadata } from '../core/types.js';
import { OnnxReadError, readOnnxFile, type OnnxFile, type TensorInfo } from './onnx-file.js';
import { recogniseForeignFile } from './foreign-file.js';

const METADATA_KEY = 'defect-inspector';
const OUTPUTS = ['boxes', 'scores', 'labels', 'masks'];
const UINT8 = 2;

export interface ModelFile {
  readonly metadata: ModelMetadata;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
}

/**
 * Reads and checks a model file.
 * @throws {InspectorError} 'model-unsupported' when it is not a model this program can run, 'model-corrupt' when it
 *   is damaged.
 */
export function readModel(bytes: Uint8Array): ModelFile {
  const foreign = recogniseForeignFile(bytes);
  if (foreign) throw new InspectorError(foreign.code, foreign.message);
  const { inputs, outputs, metadata } = readOnnx(bytes);
  const json = metadata.get(METADATA_KEY);
  const missing = OUTPUTS.filter((name) => !outputs.some((output) => output.name === name));
  const image = inputs.find(({ name }) => name === 'image');
  if (missing.length > 0 || !image) throw unsupported(describeOtherModel(inputs, outputs, missing));
  if (image.type !== UINT8 || image.shape?.length !== 3 || image.shape[2] !== 4) {
    throw unsupported('This model\'s input "image" is not uint8 [height, width, 4] (RGBA).');
  }
  if (json === undefined) {
    throw unsupported(
      'This model has the right inputs and outputs but does not say what its classes are: ' +
        `its metadata lacks the key "${METADATA_KEY}". Export it again with the project's training code.`,
    );
  }
  return { metadata: parseMetadata(json), inputs, outputs };
}

function readOnnx(bytes: Uint8Array): OnnxFile {
  try {
    return readOnnxFile(bytes);
  } catch (error) {
    if (!(error instanceof OnnxReadError)) throw error;
    if (error.reason === 'foreign') {
      throw unsupported(
        'This is not an ONNX model: the file begins differently. Choose a file that ends in .onnx.',
      );
    }
    throw new InspectorError(
      'model-corrupt',
      'The model file ends early or is damaged. Download or export it again.',
      { cause: error },
    );
  }
}

/** Names the kind of model that somebody probably has in hand. */
function describeOtherModel(
  inputs: readonly TensorInfo[],
  outputs: readonly TensorInfo[],
  missing: readonly string[],
): string {
  const ranks = outputs.map(({ shape }) => shape?.length);
  const named = (pattern: RegExp) => outputs.some(({ name }) => pattern.test(name));
  if (missing.length === 1 && missing[0] === 'masks') {
    return 'This is a detection model: it has boxes but no masks.';
  }
  if (outputs.length === 1 && ranks[0] !== undefined && ranks[0] <= 2) {
    return 'This is a classification model: it has no masks.';
  }
  if (outputs.length === 2 && ranks.includes(3) && ranks.includes(4)) {
    return 'This is a segmentation model with mask prototypes (as Ultralytics YOLO exports them), a form that is not supported yet.';
  }
  if (outputs.length === 1 && ranks[0] === 4) {
    return 'This model gives one map for the whole image: it does not tell defects apart.';
  }
  if (named(/box/i) && named(/score/i) && !named(/mask/i)) {
    return 'This is a detection model: it has boxes but no masks.';
  }
  const list = (tensors: readonly TensorInfo[]) =>
    tensors.map(({ name }) => `"${name}"`).join(', ') || 'none';
  return (
    `This model is of another kind: its inputs are ${list(inputs)} and its outputs ${list(outputs)}, ` +
    'where "image" and "boxes", "scores", "labels", "masks" are needed.'
  );
}

/**
 * The JSON under the metadata key, checked.
 * @throws {InspectorError} 'model-unsupported', naming the first thing that is wrong
 */
export function parseMetadata(json: string): ModelMetadata {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw unsupported("The model's metadata is not JSON.", cause);
  }
  const record = object(value, 'it');
  if (record.format !== 1) {
    throw unsupported(
      `This model's metadata has format ${JSON.stringify(record.format)}; this version of the program reads format 1.`,
    );
  }
  const classes = array(record.classes, 'classes').map(parseClass);
  if (classes.length === 0) fail('classes', 'at least one class');
  if (new Set(classes.map(({ id }) => id)).size < classes.length) fail('classes', 'classes whose ids differ');
  return {
    format: 1,
    name: text(record.name, 'name'),
    version: text(record.version, 'version'),
    ...optional('description', record.description, text),
    ...optional('domain', record.domain, text),
    classes,
    input: parseInput(record.input),
    quantisation: oneOf(record.quantisation, 'quantisation', ['none', 'weights', 'qdq'] as const),
    ...optional('scoreFloor', record.scoreFloor, fraction),
    license: text(record.license, 'license'),
    ...optional('training', record.training, object),
    ...optional('metrics', record.metrics, object),
  };
}

function parseClass(value: unknown, index: number): ModelClass {
  const path = `classes[${index}]`;
  const record = object(value, path);
  return {
    id: whole(record.id, `${path}.id`, 1),
    name: text(record.name, `${path}.name`),
    ...optional('description', record.description, text, path),
    ...optional('color', record.color, color, path),
    ...optional('threshold', record.threshold, fraction, path),
  };
}

function parseInput(value: unknown): InputRule {
  const record = object(value, 'input');
  const padValue = whole(record.padValue, 'input.padValue', 0);
  if (padValue > 255) fail('input.padValue', 'a whole number from 0 to 255');
  const maxUpscale = record.maxUpscale;
  if (typeof maxUpscale !== 'number' || !(maxUpscale > 0)) fail('input.maxUpscale', 'a number above 0');
  return {
    shortSide: whole(record.shortSide, 'input.shortSide', 1),
    longSide: whole(record.longSide, 'input.longSide', 1),
    maxUpscale,
    stride: whole(record.stride, 'input.stride', 1),
    padValue,
  };
}

function unsupported(message: string, cause?: unknown): InspectorError {
  return new InspectorError('model-unsupported', message, cause === undefined ? undefined : { cause });
}

function fail(path: string, wanted: string): never {
  throw unsupported(`The model's metadata is invalid: ${path} must be ${wanted}.`);
}

function object(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(path, 'an object');
  return value as Record<string, unknown>;
}

function array(value: unknown, path: string): unknown[] {
  return Array.isArray(value) ? value : fail(path, 'a list');
}

function text(value: unknown, path: string): string {
  return typeof value === 'string' ? value : fail(path, 'a text');
}

function whole(value: unknown, path: string, least: number): number {
  const ok = typeof value === 'number' && Number.isInteger(value) && value >= least;
  return ok ? value : fail(path, `a whole number of at least ${least}`);
}

function fraction(value: unknown, path: string): number {
  const ok = typeof value === 'number' && value >= 0 && value <= 1;
  return ok ? value : fail(path, 'a number from 0 to 1');
}

function color(value: unknown, path: string): string {
  const ok = typeof value === 'string' && /^#[0-9a-f]{6}$/.test(value);
  return ok ? value : fail(path, 'a colour like #0072b2');
}

function oneOf<T extends string>(value: unknown, path: string, choices: readonly T[]): T {
  return (
    choices.find((choice) => choice === value) ?? fail(path, choices.join(', ').replace(/, (?=\w+$)/, ' or '))
  );
}

/** `{ [key]: parsed }`, or nothing where the key is absent. */
function optional<K extends string, T>(
  key: K,
  value: unknown,
  parse: (value: unknown, path: string) => T,
  parent?: string,
): Partial<Record<K, T>> {
  if (value === undefined) return {};
  return { [key]: parse(value, parent ? `${parent}.${key}` : key) } as Record<K, T>;
}
