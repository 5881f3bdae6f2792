import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { KeptFiles } from '../../../workers/kept-files.js';
import { FakeCaches, type FakeCache } from '../model/fake-caches.js';

const KEY = 'https://page.test/assets/index-1a2b.js';
const SCRIPT = 'console.log("the whole script")';
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

let caches: FakeCaches;
let cache: FakeCache;
let kept: KeptFiles;
/** What the network answers; undefined: there is none. */
let network: string | undefined;
let fetched: Request[];

beforeEach(async () => {
  caches = new FakeCaches();
  cache = await caches.open('kept');
  kept = new KeptFiles('kept', new Map([[KEY, hash(SCRIPT)]]));
  network = SCRIPT;
  fetched = [];
  vi.stubGlobal('caches', caches);
  vi.stubGlobal('fetch', async (request: Request) => {
    fetched.push(request);
    if (network === undefined) throw new TypeError('Failed to fetch');
    return new Response(network, { headers: { 'content-type': 'text/javascript' } });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function ask(): Promise<string> {
  const work: Promise<unknown>[] = [];
  const request = new Request(KEY);
  const response = await kept.answer({ request, waitUntil: (one) => work.push(one) }, KEY);
  const text = await response.text();
  await Promise.all(work);
  return text;
}

it('answers with what it keeps, and asks no network', async () => {
  await cache.put(KEY, new Response(SCRIPT));
  network = undefined;
  expect(await ask()).toBe(SCRIPT);
  expect(fetched).toHaveLength(0);
});

it.each([
  ['cut', SCRIPT.slice(0, 9)],
  ['empty', ''],
  ['replaced', '<!doctype html>'],
])('replaces a file that is %s by the network’s', async (_, damaged) => {
  await cache.put(KEY, new Response(damaged));
  expect(await ask()).toBe(SCRIPT);
  expect(fetched[0]!.cache).toBe('no-cache');
  network = undefined;
  expect(await ask()).toBe(SCRIPT);
});

it('replaces a file that is lost or can’t be read', async () => {
  expect(await ask()).toBe(SCRIPT);
  cache.damaged.add(KEY);
  expect(await ask()).toBe(SCRIPT);
  expect(fetched).toHaveLength(2);
});

it('keeps nothing of another version, and answers with it', async () => {
  await cache.put(KEY, new Response('damaged'));
  network = 'a newer script';
  expect(await ask()).toBe('a newer script');
  expect(await cache.entries.get(KEY)!.text()).toBe('damaged');
});

it('answers without a network with what the host had changed on its way', async () => {
  await cache.put(KEY, new Response(`${SCRIPT} // changed by the host`));
  network = undefined;
  expect(await ask()).toContain('changed by the host');
});

it('fails where neither has it', async () => {
  network = undefined;
  await expect(ask()).rejects.toBeInstanceOf(TypeError);
});

it('waits a second for a storage that does not answer, once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(caches, 'open').mockReturnValue(new Promise(() => undefined));
  const first = ask();
  await vi.advanceTimersByTimeAsync(999);
  expect(fetched).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(await first).toBe(SCRIPT);
  const second = ask();
  await vi.advanceTimersByTimeAsync(0);
  expect(await second).toBe(SCRIPT);
});

it('gives up where the storage does not answer and there is no network', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(caches, 'open').mockReturnValue(new Promise(() => undefined));
  network = undefined;
  const failure = expect(ask()).rejects.toBeInstanceOf(TypeError);
  await vi.advanceTimersByTimeAsync(11_000);
  await failure;
});

it.each([
  ['does not answer', () => new Promise(() => undefined)],
  ['says that it has none', async () => new Response('Bad gateway', { status: 502 })],
])('answers with what a slow storage keeps when the network %s', async (_, fetch) => {
  await cache.put(KEY, new Response(SCRIPT));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let answer!: (cache: FakeCache) => void;
  vi.spyOn(caches, 'open').mockReturnValue(new Promise((resolve) => (answer = resolve)));
  vi.stubGlobal('fetch', fetch);
  const asked = ask();
  await vi.advanceTimersByTimeAsync(5000);
  answer(cache);
  expect(await asked).toBe(SCRIPT);
});

it('answers with the network’s error where nothing is kept', async () => {
  vi.stubGlobal('fetch', async () => new Response('Bad gateway', { status: 502 }));
  expect(await ask()).toBe('Bad gateway');
});

it('drops what former versions have kept, whatever the storage does', async () => {
  await cache.put(KEY, new Response(SCRIPT));
  await cache.put(`${KEY}?former`, new Response('former'));
  await kept.dropFormer();
  expect([...cache.entries.keys()]).toEqual([KEY]);
  vi.spyOn(cache, 'keys').mockRejectedValue(new DOMException('', 'UnknownError'));
  await expect(kept.dropFormer()).resolves.toBeUndefined();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(cache, 'keys').mockReturnValue(new Promise(() => undefined));
  const dropping = kept.dropFormer();
  await vi.advanceTimersByTimeAsync(1000);
  await expect(dropping).resolves.toBeUndefined();
});

it('gives what a former version has kept under its own name, or nothing in time', async () => {
  const FORMER = 'https://page.test/assets/index-0f0f.js';
  expect(await kept.former(FORMER)).toBeUndefined();
  await cache.put(FORMER, new Response('former'));
  expect(await (await kept.former(FORMER))!.text()).toBe('former');
  cache.damaged.add(FORMER);
  expect(await kept.former(FORMER)).toBeUndefined();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(caches, 'open').mockReturnValue(new Promise(() => undefined));
  const late = kept.former(FORMER);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await late).toBeUndefined();
});
