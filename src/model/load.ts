/** From a model's source to its checked bytes: the cache first, then the network. Nothing is kept in this module. */
import type { Network } from '../core/families/family.js';
import { InspectorError } from '../core/errors.js';
import type { ModelHints } from '../core/types.js';
import type { ModelCache } from './cache.js';
import {
  CATALOGUE_REQUEST,
  catalogueKey,
  parseCatalogue,
  pickModel,
  type CatalogueEntry,
} from './catalogue.js';
import { download } from './download.js';
import { recogniseForeignFile } from './foreign-file.js';
import { sha256 } from './hash.js';
import { readModel } from './metadata.js';
import { recall } from './recall.js';

/**
 * Where a model comes from. With `bytes` and `file` nothing is fetched; a file crosses to the worker as a handle, so that
 * only the worker ever holds its bytes.
 */
export type ModelSource =
  | {
      readonly kind: 'catalogue';
      readonly catalogue: string;
      readonly name?: string;
      /** The one that was kept last, without asking the network whether there is another by now. */
      readonly isFormer?: boolean;
    }
  | { readonly kind: 'url'; readonly url: string; readonly hints?: ModelHints }
  | {
      readonly kind: 'bytes';
      readonly bytes: ArrayBuffer;
      readonly hash?: string;
      readonly hints?: ModelHints;
    }
  | { readonly kind: 'file'; readonly file: Blob; readonly hash?: string; readonly hints?: ModelHints };

export interface LoadedModel {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** SHA-256, hex. */
  readonly hash: string;
  readonly network: Network;
  /**
   * Stores what was fetched, in the place of its predecessor. To be called once the model has made a session: until then
   * the predecessor is the one that is known to work.
   * @returns why the model will have to be fetched again at the next visit, if so
   */
  readonly keep: () => Promise<InspectorError | undefined>;
}

export interface LoadOptions {
  /** Absent where the page can't store anything. */
  readonly cache?: ModelCache | undefined;
  readonly onProgress?: (loaded: number, total: number) => void;
}

type Fetched = Omit<LoadedModel, 'network'>;

const NOTHING_TO_KEEP = () => Promise.resolve(undefined);

/** How long a known catalogue waits for its successor on a network that doesn't answer, in ms. */
const CATALOGUE_PATIENCE = 5000;

/**
 * @throws {InspectorError} 'model-not-found', 'model-corrupt', 'model-unsupported' or 'offline'
 */
export async function loadModel(source: ModelSource, options: LoadOptions): Promise<LoadedModel> {
  const fetched = await fetchModel(source, options);
  const hints = source.kind === 'catalogue' ? undefined : source.hints;
  return { ...fetched, network: readModel(fetched.bytes, hints) };
}

async function fetchModel(source: ModelSource, options: LoadOptions): Promise<Fetched> {
  switch (source.kind) {
    case 'catalogue':
      return fromCatalogue(source, options);
    case 'url':
      return fromUrl(source, options);
    case 'bytes': {
      const bytes = new Uint8Array(source.bytes);
      return { bytes, hash: source.hash ?? (await sha256(bytes)), keep: NOTHING_TO_KEEP };
    }
    case 'file': {
      const bytes = await readFile(source.file);
      return { bytes, hash: source.hash ?? (await sha256(bytes)), keep: NOTHING_TO_KEEP };
    }
  }
}

async function readFile(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    // Only this name tells a file that is gone from one that is too large for memory.
    if (cause instanceof DOMException && cause.name === 'NotReadableError') {
      throw new InspectorError({ code: 'model-not-found', reason: 'model-file-gone' }, { cause });
    }
    throw new InspectorError({ code: 'out-of-memory', reason: 'model-file-too-large' }, { cause });
  }
}

/**
 * Asks the network which model is current, so that an update arrives; the last catalogue that led to a model is
 * remembered, so that everything works without a network too.
 */
async function fromCatalogue(
  { catalogue, name, isFormer }: ModelSource & { kind: 'catalogue' },
  { cache, onProgress }: LoadOptions,
): Promise<Fetched> {
  const key = catalogueKey(catalogue);
  const remembered = await recall(cache, key);
  const open = async (json: Uint8Array<ArrayBuffer>) => {
    const entries = parseCatalogue(new TextDecoder().decode(json));
    const entry = pickModel(entries, name);
    const fetched = await fromEntry(entry, new URL(entry.file, catalogue).href, { cache, onProgress });
    return { entries, fetched };
  };
  if (isFormer) {
    if (!remembered) throw new InspectorError({ code: 'model-not-found', reason: 'no-former-model' });
    return { ...(await open(remembered)).fetched, keep: NOTHING_TO_KEEP };
  }
  try {
    const json = await download(catalogue, {
      ...CATALOGUE_REQUEST,
      ...(remembered && { patience: CATALOGUE_PATIENCE }),
    });
    const { entries, fetched } = await open(json);
    const keep = async () => {
      const notStored = await fetched.keep();
      if (cache && !notStored) await replaceCatalogue(cache, key, json, remembered, entries);
      return notStored;
    };
    return { ...fetched, keep };
  } catch (error) {
    if (!remembered) throw error;
    const former = await open(remembered).catch(() => undefined);
    if (!former) throw error;
    return { ...former.fetched, keep: NOTHING_TO_KEEP };
  }
}

/** Remembers the catalogue and drops the models that only its predecessor listed. */
async function replaceCatalogue(
  cache: ModelCache,
  key: string,
  json: Uint8Array<ArrayBuffer>,
  predecessor: Uint8Array<ArrayBuffer> | undefined,
  entries: readonly CatalogueEntry[],
): Promise<void> {
  try {
    await cache.put(key, json);
    if (!predecessor) return;
    const current = new Set(entries.map(({ sha256 }) => sha256));
    for (const { sha256 } of parseCatalogue(new TextDecoder().decode(predecessor))) {
      if (!current.has(sha256)) await cache.delete(sha256);
    }
  } catch {
    // Then the next visit without a network finds no model; that is no reason to refuse this one.
  }
}

async function fromEntry(entry: CatalogueEntry, url: string, options: LoadOptions): Promise<Fetched> {
  const { cache, onProgress } = options;
  const stored = await recall(cache, entry.sha256);
  if (stored && (await sha256(stored)) === entry.sha256)
    return { bytes: stored, hash: entry.sha256, keep: NOTHING_TO_KEEP };
  const request = { what: 'model', missing: 'model-not-found', total: entry.bytes, onProgress } as const;
  let bytes = await download(url, request);
  if ((await sha256(bytes)) !== entry.sha256) {
    // The browser's own HTTP cache may hold an older or incomplete copy.
    bytes = await download(url, { ...request, cache: 'reload' });
    const foreign = recogniseForeignFile(bytes);
    if (foreign) throw new InspectorError(foreign);
    if ((await sha256(bytes)) !== entry.sha256) {
      throw new InspectorError({
        code: 'model-corrupt',
        reason: 'model-not-as-promised',
        params: { url },
      });
    }
  }
  return { bytes, hash: entry.sha256, keep: () => store(cache, entry.sha256, bytes) };
}

/** A model by URL has no known hash: it is fetched each time, and without a network the copy of the last visit is used. */
async function fromUrl(
  { url, hints }: Pick<ModelSource & { kind: 'url' }, 'url' | 'hints'>,
  { cache, onProgress }: LoadOptions,
): Promise<Fetched> {
  const key = `url:${url}`;
  try {
    const bytes = await download(url, { what: 'model', missing: 'model-not-found', onProgress });
    readModel(bytes, hints);
    return { bytes, hash: await sha256(bytes), keep: () => store(cache, key, bytes) };
  } catch (error) {
    const offline = error instanceof InspectorError && error.code === 'offline';
    const stored = offline ? await recall(cache, key) : undefined;
    if (!stored) throw error;
    return { bytes: stored, hash: await sha256(stored), keep: NOTHING_TO_KEEP };
  }
}

/** Where nothing can be stored, the model is used from memory, and the caller is told so. */
async function store(
  cache: ModelCache | undefined,
  key: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<InspectorError | undefined> {
  if (!cache) return new InspectorError({ code: 'storage-full', reason: 'storage-not-allowed' });
  try {
    await cache.put(key, bytes);
    return undefined;
  } catch (cause) {
    const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError';
    const reason = isFull ? 'no-space-for-download' : 'storage-not-working';
    return new InspectorError({ code: 'storage-full', reason }, { cause });
  }
}
