/** Where models stay between visits. During a visit, the client of the worker holds the bytes of its model anyway. */

export interface ModelCache {
  get(key: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Rejects where the storage is full. */
  put(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  delete(key: string): Promise<void>;
}

const CACHE_NAME = 'defect-inspector-models';
/** Entries of a browser cache are named by URLs; nothing is ever fetched from this one. */
const KEY_BASE = 'https://defect-inspector.invalid/';

class BrowserCache implements ModelCache {
  async get(key: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const response = await (await this.open()).match(this.url(key));
    return response && new Uint8Array(await response.arrayBuffer());
  }

  async put(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const headers = { 'content-type': 'application/octet-stream', 'content-length': String(bytes.length) };
    await (await this.open()).put(this.url(key), new Response(bytes, { headers }));
  }

  async delete(key: string): Promise<void> {
    await (await this.open()).delete(this.url(key));
  }

  private open(): Promise<Cache> {
    return caches.open(CACHE_NAME);
  }

  private url(key: string): string {
    return KEY_BASE + encodeURIComponent(key);
  }
}

/** The browser's cache, or undefined on plain http and wherever else a page must not store anything. */
export async function openModelCache(): Promise<ModelCache | undefined> {
  try {
    await caches.open(CACHE_NAME);
    return new BrowserCache();
  } catch {
    return undefined;
  }
}
