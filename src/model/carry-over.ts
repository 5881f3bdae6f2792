/**
 * What earlier versions kept in Cache Storage, moved to the database. File by file: copied, looked at again, then deleted at
 * its old place. So it may stop anywhere, run again and run in several tabs at once; what can't be copied stays.
 */
import { change } from './database.js';
import { BrowserStorage, filePatience, inTime } from './in-time.js';
import type { CustomModel, LastChoice } from './custom-model.js';
import { LAST, MODELS, storedFile } from './model-database.js';

const FETCHED_CACHE = 'defect-inspector-models';
const OWN_CACHE = 'defect-inspector-own-models';
/** Entries of a browser cache are named by addresses; nothing was ever fetched from these. */
const BASE = 'https://defect-inspector.invalid/';
const FILES = `${BASE}own/files/`;
const RECORDS = `${BASE}own/models/`;
const CHOICE = `${BASE}own/choice`;
/** What a model may have at most, bytes, where nobody says how many. */
const LARGE = 200e6;

/** Shipped models, models by address and catalogues. */
export function carryOverFetched(): Promise<void> {
  return empty(FETCHED_CACHE, async (cache, url) => {
    const file = await read(cache, url);
    if (file && url.startsWith(BASE)) {
      const key = decodeURIComponent(url.slice(BASE.length));
      await change(
        MODELS,
        ['fetched'],
        async ({ store }) => {
          if ((await store.getKey(key)) === undefined) await store.put(file, key);
        },
        filePatience(file.size),
      );
      await requireCopy('fetched', key);
    }
    await inTime(cache.delete(url));
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
  const file = await read(cache, FILES + hash, model.bytes);
  if (!file) return;
  await change(
    MODELS,
    ['own', 'files'],
    async (transaction) => {
      const own = transaction.objectStore('own');
      if ((await own.getKey(hash)) !== undefined) return;
      await transaction.objectStore('files').put(file, hash);
      await own.put(model, hash);
    },
    filePatience(file.size),
  );
  await requireCopy('files', hash, file.size);
  const remove = async () => {
    await cache.delete(url);
    await cache.delete(FILES + hash);
  };
  // One after the other, also when nobody waits any more: without its record nobody would find the file.
  await inTime(remove());
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
  await inTime(cache.delete(CHOICE));
}

/**
 * Moves what is in the cache of that name, entry by entry, models before the choice. What can't be moved stays where it is, and
 * can be had from there. The cache itself stays: what a page of an earlier version, still open, puts into a cache that was
 * deleted would be lost; so it is moved the next time.
 */
function empty(name: string, move: (cache: Cache, url: string) => Promise<void>): Promise<void> {
  return withFormer(name, async (cache) => {
    const urls = await urlsOf(cache);
    for (const url of urls.sort((a, b) => Number(a === CHOICE) - Number(b === CHOICE))) {
      await move(cache, url).catch(() => {
        // The next visit tries again.
      });
    }
  });
}

const storage = new BrowserStorage();

/** What `work` makes of the cache of that name, if an earlier version has made it. */
async function withFormer<T>(name: string, work: (cache: Cache) => Promise<T>): Promise<T | undefined> {
  try {
    const cache = await storage.ask(async () => ((await caches.has(name)) ? caches.open(name) : undefined));
    return cache && (await work(cache));
  } catch {
    // There is no Cache Storage on plain http, and so nothing of earlier versions; or it doesn't answer.
    return undefined;
  }
}

const urlsOf = async (cache: Cache): Promise<string[]> => (await inTime(cache.keys())).map(({ url }) => url);

/** A fetched file that could not be moved, for lack of room above all. */
export const leftFetched = (key: string): Promise<Blob | undefined> =>
  withFormer(FETCHED_CACHE, (cache) => read(cache, BASE + encodeURIComponent(key)));

/** A person's own models that could not be moved. */
export async function leftModels(): Promise<CustomModel[]> {
  const models = await withFormer(OWN_CACHE, async (cache) => {
    const urls = (await urlsOf(cache)).filter((url) => url.startsWith(RECORDS));
    const records = await Promise.all(urls.map((url) => readJson(cache, url)));
    return records.filter(isCustomModel);
  });
  return models ?? [];
}

/** The file of such a model. */
export const leftFile = (hash: string): Promise<Blob | undefined> =>
  withFormer(OWN_CACHE, (cache) => read(cache, FILES + hash));

export async function deleteLeft(hash: string): Promise<void> {
  await withFormer(OWN_CACHE, (cache) =>
    inTime(Promise.all([cache.delete(RECORDS + hash), cache.delete(FILES + hash)])),
  );
}

/** @throws when what was copied can't be found again, or in another size */
async function requireCopy(store: 'fetched' | 'files', key: string, bytes?: number): Promise<void> {
  const copy = await storedFile(store, key);
  if (!copy || (bytes !== undefined && copy.size !== bytes)) throw new Error(`${key} was not copied.`);
}

/** Undefined where another tab has moved it meanwhile. @param bytes its size, where that is known */
async function read(cache: Cache, url: string, bytes?: number): Promise<Blob | undefined> {
  const response = await inTime(cache.match(url));
  if (!response) return undefined;
  const size = bytes ?? (Number(response.headers.get('content-length')) || LARGE);
  return inTime(response.blob(), filePatience(size));
}

async function readJson(cache: Cache, url: string): Promise<unknown> {
  try {
    const response = await inTime(cache.match(url));
    return response && (await inTime<unknown>(response.json()));
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
