/** The list of shipped models, `models/catalogue.json`. The first is the default and the fallback. */
import { InspectorError } from '../core/errors.js';
import type { ModelCache } from './cache.js';
import { download } from './download.js';
import { recall } from './recall.js';

export interface CatalogueEntry {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  /** Relative to the catalogue. */
  readonly file: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** The network is asked, and not the browser's HTTP cache, so that an update arrives. */
export const CATALOGUE_REQUEST = {
  what: 'catalogue',
  missing: 'model-not-found',
  cache: 'no-cache',
} as const;

/** The cache's key for the last catalogue that led to a model. */
export const catalogueKey = (url: string): string => `catalogue:${url}`;

/**
 * The models to choose from: the network's list, or the remembered one where the network has none.
 * @throws {InspectorError} 'offline', 'model-not-found'
 */
export async function readCatalogue(url: string, cache?: ModelCache): Promise<readonly CatalogueEntry[]> {
  try {
    const json = await download(url, CATALOGUE_REQUEST);
    return parseCatalogue(new TextDecoder().decode(json));
  } catch (error) {
    const remembered = await recall(cache, catalogueKey(url));
    if (!remembered) throw error;
    return parseCatalogue(new TextDecoder().decode(remembered));
  }
}

/** @throws {InspectorError} 'model-not-found' when it isn't a catalogue */
export function parseCatalogue(json: string): readonly CatalogueEntry[] {
  let models: unknown;
  try {
    models = (JSON.parse(json) as { models?: unknown } | null)?.models;
  } catch (cause) {
    throw new InspectorError({ code: 'model-not-found', reason: 'catalogue-not-json' }, { cause });
  }
  if (!Array.isArray(models) || models.length === 0 || !models.every(isEntry)) {
    throw new InspectorError({ code: 'model-not-found', reason: 'catalogue-invalid' });
  }
  return models;
}

/** A size that a model may have: what is reserved for it must not be decided by whoever wrote the list. */
const isFileSize = (bytes: unknown): boolean =>
  Number.isInteger(bytes) && 0 < Number(bytes) && Number(bytes) < 2 ** 31;

function isEntry(value: unknown): value is CatalogueEntry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Record<string, unknown>;
  return (
    typeof entry.name === 'string' &&
    typeof entry.version === 'string' &&
    (entry.description === undefined || typeof entry.description === 'string') &&
    typeof entry.file === 'string' &&
    isFileSize(entry.bytes) &&
    typeof entry.sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(entry.sha256)
  );
}

/** The entry of that name, the first without one. @throws {InspectorError} 'model-not-found' */
export function pickModel(entries: readonly CatalogueEntry[], name?: string): CatalogueEntry {
  const entry = name === undefined ? entries[0] : entries.find((candidate) => candidate.name === name);
  if (entry) return entry;
  const known = entries.map((candidate) => candidate.name);
  throw new InspectorError({
    code: 'model-not-found',
    reason: 'model-not-in-catalogue',
    params: { name: name ?? '', known },
  });
}
