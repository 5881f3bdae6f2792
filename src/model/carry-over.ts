/**
 * What earlier versions kept in Cache Storage, moved to the database. File by file: copied, looked at again, then deleted at
 * its old place. So it may stop anywhere, run again and run in several tabs at once; what can't be copied stays.
 */
import { change, withDatabase } from './database.js';
import { LAST, MODELS, toBlob, type CustomModel, type LastChoice } from './model-database.js';

const FETCHED_CACHE = 'defect-inspector-models';
const OWN_CACHE = 'defect-inspector-own-models';
/** Entries of a browser cache are named by addresses; nothing was ever fetched from these. */
const BASE = 'https://defect-inspector.invalid/';
const FILES = `${BASE}own/files/`;
const RECORDS = `${BASE}own/models/`;
const CHOICE = `${BASE}own/choice`;

/** Shipped models, models by address and catalogues. */
export function carryOverFetched(): Promise<void> {
  return empty(FETCHED_CACHE, async (cache, url) => {
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
  return empty(OWN_CACHE, async (cache, url) => {
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

/** Once the chosen model is moved: without it, the choice would seem to be lost. */
async function moveChoice(cache: Cache): Promise<void> {
  const choice = await readJson(cache, CHOICE);
  if (isLastChoice(choice)) {
    if (choice.kind === 'remembered') await requireCopy('files', choice.hash);
    await change(MODELS, ['choice'], async ({ store }) => {
      if ((await store.getKey(LAST)) === undefined) await store.put(choice, LAST);
    });
  }
  await cache.delete(CHOICE);
}

/**
 * Moves what is in the cache of that name, entry by entry, models before the choice, and drops the cache when all of it is
 * moved. What can't be moved stays where it is, and can be had from there.
 */
async function empty(name: string, move: (cache: Cache, url: string) => Promise<void>): Promise<void> {
  try {
    if (!(await caches.has(name))) return;
    const cache = await caches.open(name);
    const failures: unknown[] = [];
    const urls = (await cache.keys()).map(({ url }) => url);
    for (const url of urls.sort((a, b) => Number(a === CHOICE) - Number(b === CHOICE))) {
      await move(cache, url).catch((error: unknown) => failures.push(error));
    }
    if (failures.length === 0) await caches.delete(name);
  } catch {
    // There is no Cache Storage on plain http, and so nothing of earlier versions.
  }
}

/** A fetched file that could not be moved, for lack of room above all. */
export async function leftFetched(key: string): Promise<Blob | undefined> {
  return leftIn(FETCHED_CACHE, BASE + encodeURIComponent(key));
}

/** A person's own models that could not be moved. */
export async function leftModels(): Promise<CustomModel[]> {
  try {
    if (!(await caches.has(OWN_CACHE))) return [];
    const cache = await caches.open(OWN_CACHE);
    const urls = (await cache.keys()).map(({ url }) => url).filter((url) => url.startsWith(RECORDS));
    const records = await Promise.all(urls.map((url) => readJson(cache, url)));
    return records.filter(isCustomModel);
  } catch {
    return [];
  }
}

/** The file of such a model. */
export const leftFile = (hash: string): Promise<Blob | undefined> => leftIn(OWN_CACHE, FILES + hash);

export async function deleteLeft(hash: string): Promise<void> {
  try {
    if (!(await caches.has(OWN_CACHE))) return;
    const cache = await caches.open(OWN_CACHE);
    await cache.delete(RECORDS + hash);
    await cache.delete(FILES + hash);
  } catch {
    // Without Cache Storage there is nothing to delete.
  }
}

async function leftIn(name: string, url: string): Promise<Blob | undefined> {
  try {
    return (await caches.has(name)) ? await read(await caches.open(name), url) : undefined;
  } catch {
    return undefined;
  }
}

/** @throws when what was copied can't be found again, or in another size */
async function requireCopy(store: 'fetched' | 'files', key: string, bytes?: number): Promise<void> {
  const copy = await withDatabase(MODELS, (database) => database.get(store, key));
  if (!copy || (bytes !== undefined && toBlob(copy).size !== bytes))
    throw new Error(`${key} was not copied.`);
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
