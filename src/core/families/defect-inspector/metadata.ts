/** The JSON that our own models carry under the key `defect-inspector` of their `metadata_props`. */
import { MAX_CLASSES, MAX_INPUT_SIDE, MAX_NAME, MAX_TEXT } from '../../limits.js';
import type { InputRule, ModelClass, ModelMetadata, NoveltyReference, TaughtRule } from '../../types.js';
import type { MetadataValue } from '../../../messages/error-text.js';
import { legible } from '../../../messages/legible.js';
import { UINT8, type OnnxFile } from '../onnx-summary.js';
import { checkedClassCount, checkedMetadata } from '../bounds.js';
import { unsupported } from '../unsupported.js';

/** Under which a file's `metadata_props` hold it. */
export const METADATA_KEY = 'defect-inspector';
/** Ours is nested 5 levels deep; what is nested thousands deep can neither be sent to a worker nor written. */
const MAX_DEPTH = 64;

/**
 * What a model of this project says of itself; undefined where the file is none, or has other outputs.
 * @throws {InspectorError} 'model-unsupported' where it is one, and can't be run
 */
export function ownMetadata(
  { inputs, outputs, metadata }: OnnxFile,
  wanted: readonly string[],
): ModelMetadata | undefined {
  const json = metadata.get(METADATA_KEY);
  const image = inputs.find(({ name }) => name === 'image');
  const isComplete = wanted.every((name) => outputs.some((one) => one.name === name));
  if (!image || !isComplete || (json === undefined && image.type !== UINT8)) return undefined;
  if (image.type !== UINT8 || image.shape?.length !== 3 || image.shape[2] !== 4) {
    throw unsupported({ reason: 'input-not-rgba' });
  }
  if (json === undefined) {
    throw unsupported({ reason: 'metadata-missing', params: { key: METADATA_KEY } });
  }
  return parseMetadata(json);
}

/**
 * The JSON under the metadata key, checked.
 * @throws {InspectorError} 'model-unsupported', naming the first thing that is wrong
 */
export function parseMetadata(json: string): ModelMetadata {
  checkedMetadata(json);
  if (isDeeper(json, MAX_DEPTH))
    throw unsupported({ reason: 'metadata-too-deep', params: { levels: MAX_DEPTH } });
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw unsupported({ reason: 'metadata-not-json' }, cause);
  }
  const record = object(value);
  if (record.format !== 1) {
    throw unsupported({ reason: 'metadata-of-other-format', params: { format: brief(record.format) } });
  }
  const listed = array(record.classes, 'classes');
  checkedClassCount(listed.length);
  const classes = listed.map(parseClass);
  if (classes.length === 0) fail('classes', 'classes');
  if (new Set(classes.map(({ id }) => id)).size < classes.length) fail('classes', 'different-ids');
  return {
    format: 1,
    name: text(record.name, 'name'),
    version: text(record.version, 'version'),
    ...optional('description', record.description, description),
    ...optional('domain', record.domain, description),
    classes,
    input: {
      ...parseInput(record.input),
      ...optional('scale', record.scale, positive),
      ...(record.family === 'taught' && { hasOneScale: true }),
    },
    quantisation: oneOf(record.quantisation, 'quantisation', ['none', 'weights', 'qdq'] as const),
    ...optional('scoreFloor', record.scoreFloor, fraction),
    ...optional('novelty', record.novelty, parseNovelty),
    ...(record.family === 'taught' && { taught: parseTaught(record) }),
    license: text(record.license, 'license'),
    ...optional('training', record.training, object),
    ...optional('metrics', record.metrics, object),
  };
}

function parseClass(value: unknown, index: number): ModelClass {
  const path = `classes[${index}]`;
  const record = object(value, path);
  return {
    id: whole(record.id, `${path}.id`, 1, MAX_CLASSES),
    name: text(record.name, `${path}.name`),
    ...optional('description', record.description, description, path),
    ...optional('color', record.color, color, path),
    ...optional('threshold', record.threshold, fraction, path),
  };
}

function parseNovelty(value: unknown, path: string): NoveltyReference {
  const record = object(value, path);
  const centres = array(record.centres, `${path}.centres`).map((centre, index) =>
    array(centre, `${path}.centres[${index}]`).map((v) => finite(v, `${path}.centres[${index}]`)),
  );
  const [first] = centres;
  if (!first || centres.some(({ length }) => length !== first.length)) {
    fail(`${path}.centres`, 'centres');
  }
  return { centres, limit: positive(record.limit, `${path}.limit`) };
}

function parseTaught(record: Record<string, unknown>): TaughtRule {
  const { cell, features, level, smallest, areaWeight, calibration } = record;
  return {
    cell: whole(cell, 'cell', 1, MAX_INPUT_SIDE),
    ...optional('features', features, text),
    ...optional('level', level, fraction),
    ...optional('smallest', smallest, finite),
    ...optional('areaWeight', areaWeight, finite),
    ...optional('calibration', calibration, parseCalibration),
  };
}

function parseCalibration(value: unknown, path: string): NonNullable<TaughtRule['calibration']> {
  const { slope, offset } = object(value, path);
  return { slope: positive(slope, `${path}.slope`), offset: finite(offset, `${path}.offset`) };
}

/** The JSON that `parseMetadata` reads. */
export function metadataText({ taught, input, ...metadata }: ModelMetadata): string {
  const { scale, hasOneScale: _, ...rule } = input;
  return JSON.stringify({ ...metadata, input: rule, ...(taught && { family: 'taught', scale, ...taught }) });
}

function parseInput(value: unknown): InputRule {
  const record = object(value, 'input');
  return {
    shortSide: whole(record.shortSide, 'input.shortSide', 1, MAX_INPUT_SIDE),
    longSide: whole(record.longSide, 'input.longSide', 1, MAX_INPUT_SIDE),
    maxUpscale: positive(record.maxUpscale, 'input.maxUpscale'),
    stride: whole(record.stride, 'input.stride', 1, MAX_INPUT_SIDE / 4),
    padValue: whole(record.padValue, 'input.padValue', 0, 255),
  };
}

function fail(path: string | undefined, wanted: MetadataValue): never {
  throw unsupported({ reason: 'metadata-invalid', params: { path, wanted } });
}

function object(value: unknown, path?: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(path, 'object');
  return value as Record<string, unknown>;
}

function array(value: unknown, path: string): unknown[] {
  return Array.isArray(value) ? value : fail(path, 'list');
}

/** A name, or what is as short. */
const text = (value: unknown, path: string): string => textUpTo(MAX_NAME, value, path);

const description = (value: unknown, path: string): string => textUpTo(MAX_TEXT, value, path);

function textUpTo(most: number, value: unknown, path: string): string {
  if (typeof value !== 'string') fail(path, 'text');
  return value.length <= most ? legible(value) : fail(path, { textUpTo: most });
}

function whole(value: unknown, path: string, least: number, most: number): number {
  const ok = typeof value === 'number' && Number.isInteger(value) && value >= least;
  if (!ok) fail(path, { wholeFrom: least });
  return value <= most ? value : fail(path, { wholeFrom: least, to: most });
}

function finite(value: unknown, path: string): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fail(path, 'number');
}

function positive(value: unknown, path: string): number {
  return typeof value === 'number' && value > 0 && value < Infinity ? value : fail(path, 'positive-number');
}

function fraction(value: unknown, path: string): number {
  const ok = typeof value === 'number' && value >= 0 && value <= 1;
  return ok ? value : fail(path, 'fraction');
}

function color(value: unknown, path: string): string {
  const ok = typeof value === 'string' && /^#[0-9a-f]{6}$/.test(value);
  return ok ? value : fail(path, 'colour');
}

function oneOf<T extends string>(value: unknown, path: string, choices: readonly T[]): T {
  return choices.find((choice) => choice === value) ?? fail(path, { oneOf: choices });
}

/** What can be said of a value in a sentence, whatever it is. */
function brief(value: unknown): string | number | undefined {
  if (typeof value === 'number' || value === undefined) return value;
  return typeof value === 'string' ? value.slice(0, 16) : typeof value;
}

/** Whether objects and lists are nested deeper than that. Read from the text: not every engine parses any depth. */
function isDeeper(json: string, most: number): boolean {
  let depth = 0;
  let isText = false;
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === '"') isText = !isText;
    else if (isText) i += character === '\\' ? 1 : 0;
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth > most) return true;
  }
  return false;
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
