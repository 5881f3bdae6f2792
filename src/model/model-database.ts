/** The database of model files: what the network gave, and what a person has brought along. */
import type { DBSchema } from 'idb';
import type { CustomModel, LastChoice } from './custom-model.js';
import { withDatabase, type DatabasePlan } from './database.js';
import { filePatience } from './in-time.js';

/** A Blob is a handle that takes no memory; bytes, where a browser stores no Blobs, as WebKit's private windows. */
export type StoredFile = Blob | ArrayBuffer;

interface ModelSchema extends DBSchema {
  /** Shipped models, models by address and catalogues, under the keys of `ModelCache`. */
  fetched: { key: string; value: StoredFile };
  /** What is said about a person's own models, by hash. Apart from the files, so that a new name doesn't copy one. */
  own: { key: string; value: CustomModel };
  /** The files of `own`, by hash; both change in one transaction. */
  files: { key: string; value: StoredFile };
  /** One entry at most, under `LAST`. Here, because it goes with the model that it names. */
  choice: { key: typeof LAST; value: LastChoice };
}

export const LAST = 'last';

/**
 * Stores a file as a Blob, or as bytes where the browser stores no Blobs.
 * @param put does it, all or nothing, in so many milliseconds at most
 */
export async function storeFile(
  file: Blob,
  put: (file: StoredFile, patience: number) => Promise<void>,
): Promise<void> {
  const patience = filePatience(file.size);
  try {
    await put(file, patience);
  } catch (error) {
    const { name } = error as Partial<DOMException>;
    if (name === 'QuotaExceededError' || name === 'TimeoutError') throw error;
    await put(await file.arrayBuffer(), patience);
  }
}

/** A stored file, if it is there. Bytes take longer to come than a handle. */
export async function storedFile(store: 'fetched' | 'files', key: string): Promise<Blob | undefined> {
  const file = await withDatabase(MODELS, (database) => database.get(store, key), filePatience(0));
  return file && toBlob(file);
}

const toBlob = (file: StoredFile): Blob => (file instanceof Blob ? file : new Blob([file]));

export const MODELS: DatabasePlan<ModelSchema> = {
  name: 'defect-inspector-models',
  version: 1,
  upgrade(database) {
    for (const store of ['fetched', 'own', 'files', 'choice'] as const) database.createObjectStore(store);
  },
};
