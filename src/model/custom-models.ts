/** A person's own models, remembered on this device. Nothing gets here unless that person asked for it. */
import { InspectorError } from '../core/errors.js';
import { carryOverOwn, deleteLeft, leftFile, leftModels } from './carry-over.js';
import { change, requireDenied, withDatabase } from './database.js';
import type { CustomModel, LastChoice } from './custom-model.js';
import { LAST, MODELS, storedFile, storeFile } from './model-database.js';

export type { CustomModel, LastChoice } from './custom-model.js';

/** Every method throws an {InspectorError} where the browser fails. */
export interface CustomModelStore {
  /** By name. No file is read. */
  list(): Promise<readonly CustomModel[]>;
  /** A handle: nothing is read into memory. */
  file(hash: string): Promise<Blob | undefined>;
  /**
   * Adds a model with its file, both or neither.
   * @throws {InspectorError} 'storage-full'
   */
  put(model: CustomModel, file: Blob): Promise<void>;
  /** Says something else about a model, whose file stays; nothing happens where it was deleted meanwhile. */
  change(hash: string, said: Partial<Pick<CustomModel, 'name' | 'hints'>>): Promise<void>;
  /** With its file, and with the choice where it was the chosen one. */
  delete(hash: string): Promise<void>;
  lastChoice(): Promise<LastChoice | undefined>;
  /** Undefined: the shipped one. */
  choose(choice: LastChoice | undefined): Promise<void>;
}

class StoredModels implements CustomModelStore {
  async list(): Promise<readonly CustomModel[]> {
    const models = await withDatabase(MODELS, (database) => database.getAll('own')).catch(failReading);
    const known = new Set(models.map(({ hash }) => hash));
    const left = (await leftModels()).filter(({ hash }) => !known.has(hash));
    return [...models, ...left].sort((a, b) => a.name.localeCompare(b.name));
  }

  async file(hash: string): Promise<Blob | undefined> {
    return (await storedFile('files', hash).catch(failReading)) ?? leftFile(hash);
  }

  put(model: CustomModel, file: Blob): Promise<void> {
    return storeFile(file, (stored, patience) =>
      change(
        MODELS,
        ['own', 'files'],
        async (transaction) => {
          await transaction.objectStore('files').put(stored, model.hash);
          await transaction.objectStore('own').put(model, model.hash);
        },
        patience,
      ),
    ).catch(failWriting);
  }

  change(hash: string, said: Partial<Pick<CustomModel, 'name' | 'hints'>>): Promise<void> {
    return change(MODELS, ['own'], async ({ store }) => {
      const model = await store.get(hash);
      if (model) await store.put({ ...model, ...said }, hash);
    }).catch(failWriting);
  }

  async delete(hash: string): Promise<void> {
    await change(MODELS, ['own', 'files', 'choice'], async (transaction) => {
      await transaction.objectStore('own').delete(hash);
      await transaction.objectStore('files').delete(hash);
      const choice = transaction.objectStore('choice');
      const last = await choice.get(LAST);
      if (last?.kind === 'remembered' && last.hash === hash) await choice.delete(LAST);
    }).catch(failWriting);
    await deleteLeft(hash);
  }

  lastChoice(): Promise<LastChoice | undefined> {
    return withDatabase(MODELS, (database) => database.get('choice', LAST)).catch(failReading);
  }

  choose(choice: LastChoice | undefined): Promise<void> {
    return change(MODELS, ['choice'], async ({ store }) => {
      if (choice) await store.put(choice, LAST);
      else await store.delete(LAST);
    }).catch(failWriting);
  }
}

/**
 * Undefined wherever a page must not store anything.
 * @throws {InspectorError} 'storage-full' where it may, but the browser fails or doesn't answer
 */
export async function openCustomModels(): Promise<CustomModelStore | undefined> {
  try {
    await withDatabase(MODELS, () => Promise.resolve());
  } catch (cause) {
    requireDenied(cause);
    return undefined;
  }
  await carryOverOwn();
  return new StoredModels();
}

function failWriting(cause: unknown): never {
  const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError';
  const reason = isFull ? 'no-space-for-model' : 'model-not-stored';
  throw new InspectorError({ code: 'storage-full', reason }, { cause });
}

function failReading(cause: unknown): never {
  throw new InspectorError({ code: 'model-not-found', reason: 'own-models-not-readable' }, { cause });
}
