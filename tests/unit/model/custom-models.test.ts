import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  openCustomModels,
  type CustomModel,
  type CustomModelStore,
} from '../../../src/model/custom-models.js';
import { FakeCaches } from './fake-caches.js';

const CASTINGS: CustomModel = {
  hash: 'a'.repeat(64),
  name: 'Castings',
  bytes: 3,
  added: '2031-05-06T07:08:09.000Z',
  hints: { classes: ['pore', 'crack'], shortSide: 512 },
};
const BOLTS: CustomModel = { ...CASTINGS, hash: 'b'.repeat(64), name: 'Bolts' };
const FILE = new Blob([Uint8Array.of(1, 2, 3)]);

let caches: FakeCaches;
let store: CustomModelStore;

beforeEach(async () => {
  caches = new FakeCaches();
  vi.stubGlobal('caches', caches);
  store = (await openCustomModels())!;
});
afterEach(() => vi.unstubAllGlobals());

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

  it('are renamed without their file', async () => {
    await store.put(CASTINGS, FILE);
    await store.put({ ...CASTINGS, name: 'Castings, line 2' });
    expect((await store.list()).map(({ name }) => name)).toEqual(['Castings, line 2']);
    expect((await store.file(CASTINGS.hash))!.size).toBe(3);
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
  ])('are not listed after a %s', async (name, message) => {
    caches.failure = new DOMException('', name);
    await expect(store.put(CASTINGS, FILE)).rejects.toMatchObject({
      code: 'storage-full',
      message: expect.stringMatching(message),
    });
    expect(await store.list()).toEqual([]);
  });

  it('leave out what another program wrote there', async () => {
    await store.put(CASTINGS, FILE);
    const [cache] = [...caches.caches.values()];
    await cache!.put('https://defect-inspector.invalid/own/models/x', new Response('not JSON'));
    await cache!.put('https://defect-inspector.invalid/own/models/y', Response.json({ name: 'half' }));
    await cache!.put('https://defect-inspector.invalid/own/choice', Response.json({ kind: 'other' }));
    expect(await store.list()).toEqual([CASTINGS]);
    expect(await store.lastChoice()).toBeUndefined();
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

  it('have no place where a page may not store anything', async () => {
    vi.stubGlobal('caches', undefined);
    expect(await openCustomModels()).toBeUndefined();
  });
});
