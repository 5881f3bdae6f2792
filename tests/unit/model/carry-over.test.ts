import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openModelCache } from '../../../src/model/cache.js';
import { openCustomModels, type CustomModel } from '../../../src/model/custom-models.js';
import { emptyDatabases, failWrites } from '../fake-databases.js';
import { FakeCaches, type FakeCache } from './fake-caches.js';

const BASE = 'https://defect-inspector.invalid/';
const OWN = `${BASE}own/`;
const HASH = 'a'.repeat(64);
const CATALOGUE = 'catalogue:https://example.test/models/catalogue.json';
const BY_ADDRESS = 'url:https://example.test/models/a b.onnx';
const model = (letter: string, name: string): CustomModel => ({
  hash: letter.repeat(64),
  name,
  bytes: 3,
  added: '2031-05-06T07:08:09.000Z',
  hints: { classes: ['pore'] },
});
const CASTINGS = model('c', 'Castings');
const BOLTS = model('b', 'Bolts');
const bytes = (...values: number[]) => Uint8Array.from(values);

let caches: FakeCaches;
let fetched: FakeCache;
let own: FakeCache;

/** As the version before wrote them. */
async function oldFetched(key: string, content: Uint8Array<ArrayBuffer>): Promise<void> {
  await fetched.put(BASE + encodeURIComponent(key), new Response(content));
}
async function oldOwn(one: CustomModel, content = bytes(1, 2, 3)): Promise<void> {
  await own.put(`${OWN}files/${one.hash}`, new Response(content));
  await own.put(`${OWN}models/${one.hash}`, Response.json(one));
}

beforeEach(async () => {
  emptyDatabases();
  caches = new FakeCaches();
  fetched = await caches.open('defect-inspector-models');
  own = await caches.open('defect-inspector-own-models');
  vi.stubGlobal('caches', caches);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('shipped models of an earlier version', () => {
  it('are moved under the same keys, and their cache is empty', async () => {
    await oldFetched(HASH, bytes(1, 2));
    await oldFetched(CATALOGUE, bytes(3));
    await oldFetched(BY_ADDRESS, bytes(4));
    const cache = (await openModelCache())!;
    expect(await cache.get(HASH)).toEqual(bytes(1, 2));
    expect(await cache.get(CATALOGUE)).toEqual(bytes(3));
    expect(await cache.get(BY_ADDRESS)).toEqual(bytes(4));
    expect(fetched.entries.size).toBe(0);
  });

  it('do not replace what is newer', async () => {
    await (await openModelCache())!.put(CATALOGUE, bytes(9));
    await oldFetched(CATALOGUE, bytes(3));
    expect(await (await openModelCache())!.get(CATALOGUE)).toEqual(bytes(9));
    expect(fetched.entries.size).toBe(0);
  });

  it('are used from where they are while there is no room, and moved later', async () => {
    await oldFetched(HASH, bytes(1, 2));
    failWrites('QuotaExceededError');
    expect(await (await openModelCache())!.get(HASH)).toEqual(bytes(1, 2));
    expect(fetched.entries.size).toBe(1);
    vi.restoreAllMocks();
    expect(await (await openModelCache())!.get(HASH)).toEqual(bytes(1, 2));
  });
});

describe('a person’s own models of an earlier version', () => {
  it('are moved with their files and the choice, and their cache is empty', async () => {
    await oldOwn(CASTINGS);
    await oldOwn(BOLTS, bytes(4, 5));
    await own.put(`${OWN}choice`, Response.json({ kind: 'remembered', hash: BOLTS.hash }));
    const store = (await openCustomModels())!;
    expect(await store.list()).toEqual([BOLTS, CASTINGS]);
    expect(new Uint8Array(await (await store.file(BOLTS.hash))!.arrayBuffer())).toEqual(bytes(4, 5));
    expect(await store.lastChoice()).toEqual({ kind: 'remembered', hash: BOLTS.hash });
    expect(own.entries.size).toBe(0);
  });

  it('are moved once, whoever asks at the same time', async () => {
    await oldOwn(CASTINGS);
    await oldOwn(BOLTS);
    const stores = await Promise.all([openCustomModels(), openCustomModels(), openCustomModels()]);
    for (const store of stores) expect(await store!.list()).toEqual([BOLTS, CASTINGS]);
    expect((await stores[0]!.file(CASTINGS.hash))!.size).toBe(3);
    expect(own.entries.size).toBe(0);
  });

  it('leave out what another program wrote there', async () => {
    await oldOwn(CASTINGS);
    await own.put(`${OWN}models/x`, new Response('not JSON'));
    await own.put(`${OWN}models/y`, Response.json({ name: 'half' }));
    await own.put(`${OWN}choice`, Response.json({ kind: 'other' }));
    const store = (await openCustomModels())!;
    expect(await store.list()).toEqual([CASTINGS]);
    expect(await store.lastChoice()).toBeUndefined();
    expect(own.entries.size).toBe(2);
  });

  it('stay where they are when they can’t be moved; the others are', async () => {
    await oldOwn(BOLTS);
    await oldOwn(CASTINGS);
    own.damaged.add(`${OWN}files/${BOLTS.hash}`);
    // A person can see it, and delete it.
    expect(await (await openCustomModels())!.list()).toEqual([BOLTS, CASTINGS]);
    expect([...own.entries.keys()]).toEqual([`${OWN}files/${BOLTS.hash}`, `${OWN}models/${BOLTS.hash}`]);
    own.damaged.clear();
    expect(await (await openCustomModels())!.list()).toEqual([BOLTS, CASTINGS]);
    expect(own.entries.size).toBe(0);
  });

  it('are used and deleted where they are while there is no room, the chosen one, too', async () => {
    await oldOwn(BOLTS, bytes(4, 5));
    await own.put(`${OWN}choice`, Response.json({ kind: 'remembered', hash: BOLTS.hash }));
    failWrites('QuotaExceededError');
    const store = (await openCustomModels())!;
    vi.restoreAllMocks();
    expect(await store.list()).toEqual([BOLTS]);
    expect((await store.file(BOLTS.hash))!.size).toBe(2);
    // It is chosen again when it is moved.
    expect(await store.lastChoice()).toBeUndefined();
    expect(own.entries.size).toBe(3);
    await store.delete(BOLTS.hash);
    expect(await store.list()).toEqual([]);
    expect(await store.file(BOLTS.hash)).toBeUndefined();
  });

  it('may be interrupted between the copy and the deletion', async () => {
    await oldOwn(CASTINGS);
    vi.spyOn(own, 'delete').mockRejectedValueOnce(new DOMException('', 'AbortError'));
    const store = (await openCustomModels())!;
    await store.change(CASTINGS.hash, { name: 'Line 2' });
    expect(own.entries.size).toBeGreaterThan(0);
    // What was said in between stays.
    const later = (await openCustomModels())!;
    expect((await later.list()).map(({ name }) => name)).toEqual(['Line 2']);
    expect(own.entries.size).toBe(0);
  });

  it('are moved, too, when a page of that version stores them later', async () => {
    await oldOwn(CASTINGS);
    await openCustomModels();
    // It has had its cache open since before.
    await oldOwn(BOLTS);
    expect(await (await openCustomModels())!.list()).toEqual([BOLTS, CASTINGS]);
  });

  it('are no matter on plain http', async () => {
    vi.stubGlobal('caches', undefined);
    expect(await (await openCustomModels())!.list()).toEqual([]);
  });

  it.each(['keys', 'match', 'delete'] as const)('can be had where “%s” fails', async (method) => {
    await oldOwn(CASTINGS);
    vi.spyOn(own, method).mockRejectedValue(new DOMException('', 'UnknownError'));
    const store = (await openCustomModels())!;
    await store.put(BOLTS, new Blob([bytes(4)]));
    expect((await store.list()).map(({ name }) => name)).toContain('Bolts');
    vi.restoreAllMocks();
    expect(await (await openCustomModels())!.list()).toEqual([BOLTS, CASTINGS]);
  });

  it.each(['delete', 'json'] as const)('do not hold up anything where “%s” does not answer', async (what) => {
    await oldOwn(CASTINGS);
    const never = new Promise<never>(() => undefined);
    if (what === 'delete') vi.spyOn(own, what).mockReturnValue(never);
    else vi.spyOn(Response.prototype, what).mockReturnValue(never);
    const store = (await openCustomModels())!;
    await store.put(BOLTS, new Blob([bytes(4)]));
    expect((await store.list()).map(({ name }) => name)).toContain('Bolts');
    vi.restoreAllMocks();
    expect(await (await openCustomModels())!.list()).toEqual([BOLTS, CASTINGS]);
  });

  it('are not waited for where the storage does not answer, until it does', async () => {
    await oldOwn(CASTINGS);
    let answer!: (has: boolean) => void;
    const asked = vi.spyOn(caches, 'has').mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const store = (await openCustomModels())!;
    await store.put(BOLTS, new Blob([bytes(4)]));
    expect(await store.list()).toEqual([BOLTS]);
    expect(asked).toHaveBeenCalledTimes(1);
    answer(true);
    await vi.waitFor(async () => expect(await (await openCustomModels())!.list()).toEqual([BOLTS, CASTINGS]));
  });
});
