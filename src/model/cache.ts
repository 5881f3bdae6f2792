/** Where models stay between visits. During a visit, the client of the worker holds the bytes of its model anyway. */
import { carryOverFetched, leftFetched } from './carry-over.js';
import { canStore, change, withDatabase } from './database.js';
import { MODELS, storeFile, toBlob } from './model-database.js';

export interface ModelCache {
  /** Undefined also where it can't be read: the network is asked then. */
  get(key: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Rejects where the storage is full. */
  put(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  delete(key: string): Promise<void>;
}

class StoredFiles implements ModelCache {
  async get(key: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    try {
      const file =
        (await withDatabase(MODELS, (database) => database.get('fetched', key))) ?? (await leftFetched(key));
      return file && new Uint8Array(await toBlob(file).arrayBuffer());
    } catch {
      return undefined;
    }
  }

  async put(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    // As a Blob: browsers limit how large a value may be that is no file.
    const file = new Blob([bytes], { type: 'application/octet-stream' });
    await storeFile(file, (stored) =>
      change(MODELS, ['fetched'], async ({ store }) => {
        await store.put(stored, key);
      }),
    );
  }

  async delete(key: string): Promise<void> {
    await change(MODELS, ['fetched'], ({ store }) => store.delete(key));
  }
}

/** Undefined wherever a page must not store anything. */
export async function openModelCache(): Promise<ModelCache | undefined> {
  if (!(await canStore(MODELS))) return undefined;
  await carryOverFetched();
  return new StoredFiles();
}
