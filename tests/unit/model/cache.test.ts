import { afterEach, expect, it, vi } from 'vitest';
import { openModelCache } from '../../../src/model/cache.js';

afterEach(() => vi.unstubAllGlobals());

/** The part of the Cache API that is used. */
function fakeCaches() {
  const stored = new Map<string, Response>();
  return {
    open: async () => ({
      match: async (url: string) => stored.get(url)?.clone(),
      put: async (url: string, response: Response) => void stored.set(new URL(url).href, response),
      delete: async (url: string) => stored.delete(url),
    }),
  };
}

it('stores and drops', async () => {
  vi.stubGlobal('caches', fakeCaches());
  const cache = (await openModelCache())!;
  const key = 'catalogue:https://example.test/a b.json';
  expect(await cache.get(key)).toBeUndefined();
  await cache.put(key, Uint8Array.of(1, 2, 3));
  expect(await cache.get(key)).toEqual(Uint8Array.of(1, 2, 3));
  await cache.delete(key);
  expect(await cache.get(key)).toBeUndefined();
});

it('is absent on plain http and where storing is forbidden', async () => {
  vi.stubGlobal('caches', undefined);
  expect(await openModelCache()).toBeUndefined();
  vi.stubGlobal('caches', { open: () => Promise.reject(new DOMException('no', 'SecurityError')) });
  expect(await openModelCache()).toBeUndefined();
});
