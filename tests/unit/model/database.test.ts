import { deleteDB, openDB, unwrap, type DBSchema } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  canStore,
  change,
  whenAnswered,
  withDatabase,
  type DatabasePlan,
} from '../../../src/model/database.js';
import { emptyDatabases, failWrites, noDatabases } from '../fake-databases.js';

interface Schema extends DBSchema {
  numbers: { key: string; value: number };
  words: { key: string; value: string };
}

const PLAN: DatabasePlan<Schema> = {
  name: 'test',
  version: 1,
  upgrade: (database) => {
    database.createObjectStore('numbers');
    database.createObjectStore('words');
  },
};
const NEWER: DatabasePlan<Schema & { lists: { key: string; value: number[] } }> = {
  name: 'test',
  version: 2,
  upgrade: (database) => database.createObjectStore('lists'),
};

const read = () =>
  withDatabase(PLAN, async (database) => [
    await database.get('numbers', 'a'),
    await database.get('words', 'a'),
  ]);
const write = (number: number, word: string) =>
  change(PLAN, ['numbers', 'words'], async (transaction) => {
    await transaction.objectStore('numbers').put(number, 'a');
    await transaction.objectStore('words').put(word, 'a');
  });

beforeEach(emptyDatabases);
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('stores together what changes together', async () => {
  await write(1, 'one');
  expect(await read()).toEqual([1, 'one']);
  failWrites('QuotaExceededError', 1);
  await expect(write(2, 'two')).rejects.toMatchObject({ name: 'QuotaExceededError' });
  expect(await read()).toEqual([1, 'one']);
});

it('says why a transaction was given up, and not that a request was', async () => {
  const full = change(PLAN, ['numbers'], async (transaction) => {
    const put = transaction.store.put(1, 'a');
    // As the browser gives up: the request that waits only hears that it was aborted.
    (unwrap(transaction) as unknown as { _abort: (name: string) => void })._abort('QuotaExceededError');
    await expect(put).rejects.toMatchObject({ name: 'AbortError' });
    await put;
  });
  await expect(full).rejects.toMatchObject({ name: 'QuotaExceededError' });
});

it('loses nothing of what others write at the same time', async () => {
  const count = () =>
    change(PLAN, ['numbers'], async ({ store }) => {
      await store.put(((await store.get('a')) ?? 0) + 1, 'a');
    });
  await Promise.all(Array.from({ length: 10 }, count));
  expect((await read())[0]).toBe(10);
});

it('makes way for a newer version, and goes on beside it', async () => {
  await write(1, 'one');
  let isOpen = true;
  await withDatabase(PLAN, async (database) => {
    database.addEventListener('versionchange', () => (isOpen = false));
    await withDatabase(NEWER, (newer) => newer.put('lists', [1], 'a'));
  });
  expect(isOpen).toBe(false);
  await write(2, 'two');
  expect(await read()).toEqual([2, 'two']);
});

it('keeps no connection that would stop anybody', async () => {
  await read();
  const blocked = vi.fn();
  await deleteDB('test', { blocked });
  expect(blocked).not.toHaveBeenCalled();
});

it('gives up on a browser that does not answer', async () => {
  // A page that keeps its connection open whatever is asked of it.
  const stubborn = await openDB('test', 1);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const late = expect(withDatabase(NEWER, () => Promise.resolve())).rejects.toMatchObject({
    name: 'TimeoutError',
  });
  await vi.advanceTimersByTimeAsync(1000);
  await late;
  // Nobody waits for it twice.
  expect(await canStore(NEWER)).toBe(false);
  vi.useRealTimers();
  stubborn.close();
  // It is asked again once it has answered.
  await vi.waitFor(async () => expect(await canStore(NEWER)).toBe(true));
});

it.each([
  ['a read', () => withDatabase(PLAN, () => new Promise(() => undefined)), 1000],
  ['a change', () => change(PLAN, ['numbers'], () => new Promise(() => undefined)), 10_000],
] as const)('gives up on %s that does not come back', async (_, work, patience) => {
  await write(1, 'one');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const late = expect(work()).rejects.toMatchObject({
    name: expect.stringMatching(/Timeout|Abort/) as string,
  });
  await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
  await vi.advanceTimersByTimeAsync(patience);
  vi.useRealTimers();
  await late;
  expect(await read()).toEqual([1, 'one']);
});

it('knows whether a page may store anything', async () => {
  expect(await canStore(PLAN)).toBe(true);
  noDatabases();
  expect(await canStore(PLAN)).toBe(false);
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('no', 'SecurityError');
    },
  });
  expect(await canStore(PLAN)).toBe(false);
});

it('says once when an answer comes that nobody waited for any more', async () => {
  const heard = vi.fn();
  whenAnswered(heard);
  await read();
  expect(heard).not.toHaveBeenCalled();
  const late = () => new Promise<void>((resolve) => setTimeout(resolve, 60));
  await expect(withDatabase(PLAN, late, 10)).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(heard).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce());
  await expect(withDatabase(PLAN, late, 10)).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(heard).toHaveBeenCalledOnce();
});
