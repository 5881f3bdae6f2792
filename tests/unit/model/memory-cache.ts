import type { ModelCache } from '../../../src/model/cache.js';

/** A cache for tests, with a limit like a browser's. */
export class MemoryCache implements ModelCache {
  readonly entries = new Map<string, Uint8Array<ArrayBuffer>>();
  full = false;

  async get(key: string) {
    return this.entries.get(key)?.slice();
  }

  async put(key: string, bytes: Uint8Array<ArrayBuffer>) {
    if (this.full) throw new DOMException('Quota exceeded.', 'QuotaExceededError');
    this.entries.set(key, bytes.slice());
  }

  async delete(key: string) {
    this.entries.delete(key);
  }
}
