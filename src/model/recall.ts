import type { ModelCache } from './cache.js';

/** What is kept under the key; undefined also where the storage can't be read, so that the network is asked instead. */
export async function recall(
  cache: ModelCache | undefined,
  key: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await cache?.get(key);
  } catch {
    return undefined;
  }
}
