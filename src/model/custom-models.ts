/**
 * A person's own models, remembered on this device: their files under their hashes, and beside each what it is called.
 * Nothing gets here unless that person asked for it.
 */
import { InspectorError } from '../core/errors.js';
import type { ModelHints } from '../core/types.js';

export interface CustomModel {
  /** SHA-256 of the file, hex: tells models apart. */
  readonly hash: string;
  /** What the person calls it. */
  readonly name: string;
  readonly bytes: number;
  /** ISO 8601. */
  readonly added: string;
  /** What the person said about a file that doesn't say it itself. */
  readonly hints?: ModelHints;
}

/** The model that was chosen last, other than the shipped one. */
export type LastChoice =
  | { readonly kind: 'catalogue'; readonly name: string }
  | { readonly kind: 'remembered'; readonly hash: string };

export interface CustomModelStore {
  /** By name. */
  list(): Promise<readonly CustomModel[]>;
  /** A handle: nothing is read into memory. */
  file(hash: string): Promise<Blob | undefined>;
  /**
   * Without a file, what is said about the model changes.
   * @throws {InspectorError} 'storage-full'
   */
  put(model: CustomModel, file?: Blob): Promise<void>;
  delete(hash: string): Promise<void>;
  lastChoice(): Promise<LastChoice | undefined>;
  /** Undefined: the shipped one. */
  choose(choice: LastChoice | undefined): Promise<void>;
}

const CACHE_NAME = 'defect-inspector-own-models';
/** Entries of a browser cache are named by URLs; nothing is ever fetched from these. */
const BASE = 'https://defect-inspector.invalid/own/';
const FILES = `${BASE}files/`;
const MODELS = `${BASE}models/`;
const CHOICE = `${BASE}choice`;

/** An entry per model rather than one list, so that two pages that are open at once lose nothing of each other. */
class BrowserStore implements CustomModelStore {
  constructor(private readonly cache: Cache) {}

  async list(): Promise<readonly CustomModel[]> {
    const requests = await this.cache.keys();
    const urls = requests.map(({ url }) => url).filter((url) => url.startsWith(MODELS));
    const models = await Promise.all(urls.map((url) => this.json(url)));
    return models.filter(isCustomModel).sort((a, b) => a.name.localeCompare(b.name));
  }

  async file(hash: string): Promise<Blob | undefined> {
    return (await this.cache.match(FILES + hash))?.blob();
  }

  async put(model: CustomModel, file?: Blob): Promise<void> {
    try {
      // First the file: a model that is listed has one.
      if (file) await this.cache.put(FILES + model.hash, new Response(file));
      await this.cache.put(MODELS + model.hash, Response.json(model));
    } catch (cause) {
      throw explain(cause);
    }
  }

  async delete(hash: string): Promise<void> {
    await this.cache.delete(MODELS + hash);
    await this.cache.delete(FILES + hash);
  }

  async lastChoice(): Promise<LastChoice | undefined> {
    const choice = await this.json(CHOICE);
    return isLastChoice(choice) ? choice : undefined;
  }

  async choose(choice: LastChoice | undefined): Promise<void> {
    if (choice) await this.cache.put(CHOICE, Response.json(choice));
    else await this.cache.delete(CHOICE);
  }

  /** Undefined also for an entry that is no JSON: whatever wrote it, it is of no use. */
  private async json(url: string): Promise<unknown> {
    const response = await this.cache.match(url);
    return response?.json().catch(() => undefined);
  }
}

/** Undefined on plain http and wherever else a page must not store anything. */
export async function openCustomModels(): Promise<CustomModelStore | undefined> {
  try {
    return new BrowserStore(await caches.open(CACHE_NAME));
  } catch {
    return undefined;
  }
}

function explain(cause: unknown): InspectorError {
  const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError';
  return new InspectorError(
    { code: 'storage-full', reason: isFull ? 'no-space-for-model' : 'model-not-stored' },
    { cause },
  );
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
