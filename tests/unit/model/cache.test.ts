import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openModelCache } from '../../../src/model/cache.js';
import { emptyDatabases, failWrites, noDatabases } from '../fake-databases.js';

beforeEach(emptyDatabases);
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const key = 'catalogue:https://example.test/a b.json';

it('stores and drops', async () => {
  const cache = (await openModelCache())!;
  expect(await cache.get(key)).toBeUndefined();
  await cache.put(key, Uint8Array.of(1, 2, 3));
  expect(await cache.get(key)).toEqual(Uint8Array.of(1, 2, 3));
  await cache.delete(key);
  expect(await cache.get(key)).toBeUndefined();
});

it('says when there is no room, and keeps what was there', async () => {
  const cache = (await openModelCache())!;
  await cache.put(key, Uint8Array.of(1));
  failWrites('QuotaExceededError');
  await expect(cache.put(key, Uint8Array.of(2))).rejects.toMatchObject({ name: 'QuotaExceededError' });
  expect(await cache.get(key)).toEqual(Uint8Array.of(1));
});

it('has nothing where it can no longer be read', async () => {
  const cache = (await openModelCache())!;
  await cache.put(key, Uint8Array.of(1));
  noDatabases();
  expect(await cache.get(key)).toBeUndefined();
});

it('is absent where storing is forbidden', async () => {
  noDatabases();
  expect(await openModelCache()).toBeUndefined();
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('no', 'SecurityError');
    },
  });
  expect(await openModelCache()).toBeUndefined();
});
