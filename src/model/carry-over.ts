/**
 * What earlier versions kept in Cache Storage, moved to the database. File by file: copied, looked at again, then deleted at
 * its old place. So it may stop anywhere, run again and run in several tabs at once; what can't be copied stays.
 */
import { change, withDatabase } from './database.js';
import { LAST, MODELS, type CustomModel, type LastChoice } from './model-database.js';

/** Entries of a browser cache are named by addresses; nothing was ever fetched from these. */
const BASE = 'https://defect-inspector.invalid/';
const FILES = `${BASE}own/files/`;
const RECORDS = `${BASE}own/models/`;
const CHOICE = `${BASE}own/choice`;

/** Shipped models, models by address and catalogues. */
export function carryOverFetched(): Promise<void> {
  return empty('defect-inspector-models', async (cache, url) => {
    const file = await read(cache, url);
    if (file && url.startsWith(BASE)) {
      const key = decodeURIComponent(url.slice(BASE.length));
      await change(MODELS, ['fetched'], async ({ store }) => {
        if ((await store.getKey(key)) === undefined) await store.put(file, key);
      });
      await requireCopy('fetched', key);
    }
    await cache.delete(url);
  });
}

/** A person's own models, and which was chosen last. */
export function carryOverOwn(): Promise<void> {
  return empty('defect-inspector-own-models', async (cache, url) => {
    if (url.startsWith(RECORDS)) await moveModel(cache, url);
    else if (url === CHOICE) await moveChoice(cache);
  });
}

async function moveModel(cache: Cache, url: string): Promise<void> {
  const model = await readJson(cache, url);
  // Without a record a file is of no use, and without a file a record.
  if (!isCustomModel(model)) return;
  const { hash } = model;
  const file = await read(cache, FILES + hash);
  if (!file) return;
  await change(MODELS, ['own', 'files'], async (transaction) => {
    const own = transaction.objectStore('own');
    if ((await own.getKey(hash)) !== undefined) return;
    await transaction.objectStore('files').put(file, hash);
    await own.put(model, hash);
  });
  await requireCopy('files', hash, file.size);
  await cache.delete(url);
  await cache.delete(FILES + hash);
}

async function moveChoice(cache: Cache): Promise<void> {
  const choice = await readJson(cache, CHOICE);
  if (isLastChoice(choice)) {
    await change(MODELS, ['choice'], async ({ store }) => {
      if ((await store.getKey(LAST)) === undefined) await store.put(choice, LAST);
    });
  }
  await cache.delete(CHOICE);
}

/** Moves what is in the cache of that name, entry by entry, and drops the cache when all of it is moved. */
async function empty(name: string, move: (cache: Cache, url: string) => Promise<void>): Promise<void> {
  try {
    if (!(await caches.has(name))) return;
    const cache = await caches.open(name);
    const failures: unknown[] = [];
    for (const { url } of await cache.keys()) {
      await move(cache, url).catch((error: unknown) => failures.push(error));
    }
    if (failures.length === 0) await caches.delete(name);
  } catch {
    // There is no Cache Storage on plain http, and so nothing of earlier versions.
  }
}

/** @throws when what was copied can't be found again, or in another size */
async function requireCopy(store: 'fetched' | 'files', key: string, bytes?: number): Promise<void> {
  const copy = await withDatabase(MODELS, (database) => database.get(store, key));
  if (!copy || (bytes !== undefined && copy.size !== bytes)) throw new Error(`${key} was not copied.`);
}

/** Undefined where another tab has moved it meanwhile. */
async function read(cache: Cache, url: string): Promise<Blob | undefined> {
  return (await cache.match(url))?.blob();
}

async function readJson(cache: Cache, url: string): Promise<unknown> {
  try {
    return await (await cache.match(url))?.json();
  } catch {
    // Whatever wrote it, it is of no use.
    return undefined;
  }
}

function isCustomModel(value: unknown): value is CustomModel {
  const model = value as Partial<CustomModel> | null | undefined;
  return (
    typeof model?.hash === 'string' &&
    typeof model.name === 'string' &&
    typeof model.bytes === 'number' &&
    typeof model.added === 'string'
  );
}

function isLastChoice(value: unknown): value is LastChoice {
  const choice = value as { kind?: unknown; name?: unknown; hash?: unknown } | null | undefined;
  if (choice?.kind === 'catalogue') return typeof choice.name === 'string';
  return choice?.kind === 'remembered' && typeof choice.hash === 'string';
}
