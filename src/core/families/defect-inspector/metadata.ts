/** The JSON that our own models carry under the key `defect-inspector` of their `metadata_props`. */
import type { InputRule, ModelClass, ModelMetadata, NoveltyReference } from '../../types.js';
import type { MetadataValue } from '../../../messages/error-text.js';
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
    throw unsupported({ reason: 'metadata-not-json' }, cause);
  }
  const record = object(value);
  if (record.format !== 1) {
    throw unsupported({ reason: 'metadata-of-other-format', params: { format: record.format } });
  }
  const classes = array(record.classes, 'classes').map(parseClass);
  if (classes.length === 0) fail('classes', 'classes');
  if (new Set(classes.map(({ id }) => id)).size < classes.length) fail('classes', 'different-ids');
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
    fail(`${path}.centres`, 'centres');
  }
  const limit = finite(record.limit, `${path}.limit`);
  if (limit <= 0) fail(`${path}.limit`, 'positive-number');
  return { centres, limit };
}

function parseInput(value: unknown): InputRule {
  const record = object(value, 'input');
  const padValue = whole(record.padValue, 'input.padValue', 0);
  if (padValue > 255) fail('input.padValue', { wholeFrom: 0, to: 255 });
  const maxUpscale = record.maxUpscale;
  if (typeof maxUpscale !== 'number' || !(maxUpscale > 0)) fail('input.maxUpscale', 'positive-number');
  return {
    shortSide: whole(record.shortSide, 'input.shortSide', 1),
    longSide: whole(record.longSide, 'input.longSide', 1),
    maxUpscale,
    stride: whole(record.stride, 'input.stride', 1),
    padValue,
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

function text(value: unknown, path: string): string {
  return typeof value === 'string' ? value : fail(path, 'text');
}

function whole(value: unknown, path: string, least: number): number {
  const ok = typeof value === 'number' && Number.isInteger(value) && value >= least;
  return ok ? value : fail(path, { wholeFrom: least });
}

function finite(value: unknown, path: string): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fail(path, 'number');
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
