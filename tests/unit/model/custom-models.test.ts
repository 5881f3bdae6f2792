import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  openCustomModels,
  type CustomModel,
  type CustomModelStore,
} from '../../../src/model/custom-models.js';
import { emptyDatabases, failWrites, noDatabases } from '../fake-databases.js';

const CASTINGS: CustomModel = {
  hash: 'a'.repeat(64),
  name: 'Castings',
  bytes: 3,
  added: '2031-05-06T07:08:09.000Z',
  hints: { classes: ['pore', 'crack'], shortSide: 512 },
};
const BOLTS: CustomModel = { ...CASTINGS, hash: 'b'.repeat(64), name: 'Bolts' };
const FILE = new Blob([Uint8Array.of(1, 2, 3)]);

let store: CustomModelStore;

beforeEach(async () => {
  emptyDatabases();
  store = (await openCustomModels())!;
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('a person’s own models', () => {
  it('are listed by name, with their files', async () => {
    await store.put(CASTINGS, FILE);
    await store.put(BOLTS, FILE);
    expect(await store.list()).toEqual([BOLTS, CASTINGS]);
    const file = await store.file(CASTINGS.hash);
    expect([...new Uint8Array(await file!.arrayBuffer())]).toEqual([1, 2, 3]);
    expect(await store.file('c'.repeat(64))).toBeUndefined();
  });

  it('are there at the next visit', async () => {
    await store.put(CASTINGS, FILE);
    const later = await openCustomModels();
    expect(await later!.list()).toEqual([CASTINGS]);
  });

  it('are listed without a look at their files', async () => {
    await store.put(CASTINGS, FILE);
    const reads = vi.spyOn(IDBObjectStore.prototype, 'getAll');
    await store.list();
    expect((reads.mock.contexts as IDBObjectStore[]).map(({ name }) => name)).toEqual(['own']);
  });

  it('are renamed without their file', async () => {
    await store.put(CASTINGS, FILE);
    await store.change(CASTINGS.hash, { name: 'Castings, line 2' });
    expect((await store.list()).map(({ name }) => name)).toEqual(['Castings, line 2']);
    expect((await store.file(CASTINGS.hash))!.size).toBe(3);
  });

  it('take what is said in two tabs at once', async () => {
    await store.put(CASTINGS, FILE);
    const other = (await openCustomModels())!;
    const hints = { shortSide: 640 };
    await Promise.all([
      store.change(CASTINGS.hash, { name: 'Line 2' }),
      other.change(CASTINGS.hash, { hints }),
      other.put(BOLTS, FILE),
    ]);
    expect(await store.list()).toEqual([BOLTS, { ...CASTINGS, name: 'Line 2', hints }]);
  });

  it('do not come back by a new name after another tab has deleted them', async () => {
    await store.put(CASTINGS, FILE);
    await (await openCustomModels())!.delete(CASTINGS.hash);
    await store.change(CASTINGS.hash, { name: 'Line 2' });
    expect(await store.list()).toEqual([]);
  });

  it('are deleted with their file', async () => {
    await store.put(CASTINGS, FILE);
    await store.put(BOLTS, FILE);
    await store.delete(CASTINGS.hash);
    expect(await store.list()).toEqual([BOLTS]);
    expect(await store.file(CASTINGS.hash)).toBeUndefined();
  });

  it.each([
    ['QuotaExceededError', /storage for this page is full/],
    ['UnknownError', /private windows have little room/],
  ])('are not listed after a %s, and leave no file behind', async (name, message) => {
    // The file is written, the record isn't.
    failWrites(name, 1);
    await expect(store.put(CASTINGS, FILE)).rejects.toMatchObject({
      code: 'storage-full',
      message: expect.stringMatching(message) as string,
    });
    expect(await store.list()).toEqual([]);
    expect(await store.file(CASTINGS.hash)).toBeUndefined();
  });

  it('remember which was chosen last', async () => {
    expect(await store.lastChoice()).toBeUndefined();
    for (const choice of [
      { kind: 'remembered', hash: CASTINGS.hash },
      { kind: 'catalogue', name: 'large' },
    ] as const) {
      await store.choose(choice);
      expect(await store.lastChoice()).toEqual(choice);
    }
    await store.choose(undefined);
    expect(await store.lastChoice()).toBeUndefined();
  });

  it('are no longer the choice when they are deleted; another choice stays', async () => {
    await store.put(CASTINGS, FILE);
    await store.put(BOLTS, FILE);
    await store.choose({ kind: 'remembered', hash: BOLTS.hash });
    await store.delete(CASTINGS.hash);
    expect(await store.lastChoice()).toEqual({ kind: 'remembered', hash: BOLTS.hash });
    await store.delete(BOLTS.hash);
    expect(await store.lastChoice()).toBeUndefined();
  });

  it('say it when the browser fails to read them', async () => {
    noDatabases();
    await expect(store.list()).rejects.toMatchObject({
      code: 'model-not-found',
      message: expect.stringMatching(/could not be read/) as string,
    });
  });

  it('have no place where a page may not store anything', async () => {
    noDatabases();
    expect(await openCustomModels()).toBeUndefined();
  });
});
