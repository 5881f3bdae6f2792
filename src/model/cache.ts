/** Where models stay between visits. During a visit, the client of the worker holds the bytes of its model anyway. */
import { carryOverFetched, leftFetched } from './carry-over.js';
import { canStore, change } from './database.js';
import { filePatience, inTime } from './in-time.js';
import { MODELS, storedFile, storeFile } from './model-database.js';

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
      const file = (await storedFile('fetched', key)) ?? (await leftFetched(key));
      return file && new Uint8Array(await inTime(file.arrayBuffer(), filePatience(file.size)));
    } catch {
      return undefined;
    }
  }

  async put(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    // As a Blob: browsers limit how large a value may be that is no file.
    const file = new Blob([bytes], { type: 'application/octet-stream' });
    await storeFile(file, (stored, patience) =>
      change(
        MODELS,
        ['fetched'],
        async ({ store }) => {
          await store.put(stored, key);
        },
        patience,
      ),
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
