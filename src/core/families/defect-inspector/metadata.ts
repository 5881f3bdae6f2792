/** The JSON that our own models carry under the key `defect-inspector` of their `metadata_props`. */
import type { InputRule, ModelClass, ModelMetadata, NoveltyReference } from '../../types.js';
import { unsupported } from '../unsupported.js';

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
    ...optional('novelty', record.novelty, parseNovelty),
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

function parseNovelty(value: unknown, path: string): NoveltyReference {
  const record = object(value, path);
  const centres = array(record.centres, `${path}.centres`).map((centre, index) =>
    array(centre, `${path}.centres[${index}]`).map((v) => finite(v, `${path}.centres[${index}]`)),
  );
  const [first] = centres;
  if (!first || centres.some(({ length }) => length !== first.length)) {
    fail(`${path}.centres`, 'a list of centres of one length');
  }
  const limit = finite(record.limit, `${path}.limit`);
  if (limit <= 0) fail(`${path}.limit`, 'a number above 0');
  return { centres, limit };
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

function finite(value: unknown, path: string): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fail(path, 'a number');
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
