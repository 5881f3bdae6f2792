import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HostFault } from '../../../src/model/host-fault.js';
import type { BuiltFile } from '../../../workers/judge-answer.js';
import { KeptFiles } from '../../../workers/kept-files.js';
import { FakeCaches, type FakeCache } from '../model/fake-caches.js';

const FOLDER = 'https://page.test/';
const KEY = 'https://page.test/assets/index-1a2b.js';
const SCRIPT = 'console.log("the whole script")';
const PAGE = '<!doctype html><script type="module" src="./assets/index-1a2b.js"></script>';
const PICTURE = 'a picture';
const built = (url: string, text: string): BuiltFile => ({
  url,
  bytes: text.length,
  sha256: createHash('sha256').update(text).digest('hex'),
});
const FILES = {
  page: built('index.html', PAGE),
  script: built('assets/index-1a2b.js', SCRIPT),
  picture: built('samples/tile.jpg', PICTURE),
};
const PAGE_KEY = `${FOLDER}index.html?sha256=${FILES.page.sha256}`;
const PICTURE_KEY = `${FOLDER}samples/tile.jpg?sha256=${FILES.picture.sha256}`;

let caches: FakeCaches;
let cache: FakeCache;
let kept: KeptFiles;
/** What the network answers; undefined: there is none. */
let network: string | undefined;
let fetched: Request[];
let told: HostFault[];

beforeEach(async () => {
  caches = new FakeCaches();
  cache = await caches.open('kept');
  told = [];
  kept = new KeptFiles({
    cacheName: 'kept',
    folder: FOLDER,
    files: Object.values(FILES),
    tell: async (faults) => void told.push(...faults),
  });
  network = SCRIPT;
  fetched = [];
  vi.stubGlobal('caches', caches);
  vi.stubGlobal('navigator', { locks: { request: (_name: string, work: () => unknown) => work() } });
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

const JAVASCRIPT = { headers: { 'content-type': 'text/javascript' } };
const unneeded = async () => false;

async function ask(): Promise<string> {
  const work: Promise<unknown>[] = [];
  const request = new Request(KEY);
  const response = await kept.answer({ request, waitUntil: (one) => work.push(one) }, KEY)!;
  const text = await response.text();
  await Promise.all(work);
  return text;
}

it('answers with what it keeps, and asks no network', async () => {
  await cache.put(KEY, new Response(SCRIPT, JAVASCRIPT));
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
  await cache.put(KEY, new Response(SCRIPT, JAVASCRIPT));
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
  await cache.put(KEY, new Response(SCRIPT, JAVASCRIPT));
  await cache.put(`${KEY}?former`, new Response('former'));
  await kept.dropFormer(unneeded);
  expect([...cache.entries.keys()]).toEqual([KEY]);
  vi.spyOn(cache, 'keys').mockRejectedValue(new DOMException('', 'UnknownError'));
  await expect(kept.dropFormer(unneeded)).resolves.toBeUndefined();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(cache, 'keys').mockReturnValue(new Promise(() => undefined));
  const dropping = kept.dropFormer(unneeded);
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

describe('what the host answers', () => {
  /** By address, below the folder. */
  let host: Map<string, { body: string; type: string; status?: number; policy?: string }>;
  beforeEach(() => {
    host = new Map([
      ['index.html', { body: PAGE, type: 'text/html' }],
      ['assets/index-1a2b.js', { body: SCRIPT, type: 'text/javascript' }],
      ['samples/tile.jpg', { body: PICTURE, type: 'image/jpeg' }],
    ]);
    vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
      fetched.push(new Request(input, init));
      const answer = host.get((typeof input === 'string' ? input : input.url).slice(FOLDER.length));
      if (!answer) throw new TypeError('Failed to fetch');
      const { body, type, status = 200, policy } = answer;
      const headers = { 'content-type': type, ...(policy && { 'content-security-policy': policy }) };
      return new Response(body, { status, headers });
    });
  });
  const textOf = async (key: string) => cache.entries.get(key)?.text();
  const give = (url: string, change: object) => host.set(url, { ...host.get(url)!, ...change });

  it('is kept where it is what the build has made; pictures come later', async () => {
    await kept.install();
    expect([...cache.entries.keys()].sort()).toEqual([KEY, PAGE_KEY].sort());
    await kept.mend();
    expect(await textOf(PICTURE_KEY)).toBe(PICTURE);
    expect(told).toEqual([]);
  });

  it.each([
    ['missing', { status: 404, body: 'Not found', type: 'text/html' }, { problem: 'missing', status: 404 }],
    ['a web page', { body: '<!doctype html>', type: 'text/html; charset=utf-8' }, { problem: 'web-page' }],
    ['cut', { body: SCRIPT.slice(0, 9) }, { problem: 'changed', bytes: 9, wanted: SCRIPT.length }],
    ['changed', { body: `${SCRIPT};` }, { problem: 'changed', bytes: SCRIPT.length + 1 }],
  ])('is told and not kept where a script is %s, and kept once that is mended', async (_, wrong, fault) => {
    const right = host.get('assets/index-1a2b.js')!;
    give('assets/index-1a2b.js', wrong);
    await expect(kept.install()).rejects.toThrow('1 of 2 files');
    expect(told).toMatchObject([{ url: KEY, ...fault }]);
    expect(cache.entries.has(KEY)).toBe(false);
    host.set('assets/index-1a2b.js', right);
    await kept.install();
    expect(await textOf(KEY)).toBe(SCRIPT);
  });

  it('is told where a script is of a wrong type, and kept under the right one', async () => {
    give('assets/index-1a2b.js', { type: 'text/plain' });
    await kept.install();
    expect(told).toEqual([
      { url: KEY, problem: 'wrong-type', type: 'text/plain', wanted: 'text/javascript' },
    ]);
    expect(cache.entries.get(KEY)!.type).toBe('text/javascript');
  });

  it('is asked for past the browser’s own cache where that holds a wrong one', async () => {
    give('assets/index-1a2b.js', { type: 'text/plain' });
    await kept.install();
    const asked = fetched.filter(({ url }) => url === KEY).map(({ cache: mode }) => mode);
    expect(asked).toEqual(['default', 'reload']);
  });

  it('replaces at the next visit what was kept under a wrong type, or damaged, though nobody asks for it', async () => {
    await kept.install();
    await cache.put(KEY, new Response(SCRIPT, { headers: { 'content-type': 'text/plain' } }));
    await kept.mend();
    expect(cache.entries.get(KEY)!.type).toBe('text/javascript');
    await cache.put(KEY, new Response(SCRIPT.slice(1), JAVASCRIPT));
    await kept.mend();
    expect(await textOf(KEY)).toBe(SCRIPT);
    expect(told).toEqual([]);
  });

  it('is asked for anew where the host has changed its policies: what it said once does not stay', async () => {
    for (const url of ['index.html', 'assets/index-1a2b.js']) give(url, { policy: "default-src 'none'" });
    await kept.install();
    for (const url of ['index.html', 'assets/index-1a2b.js']) give(url, { policy: undefined });
    fetched = [];
    await kept.mend();
    expect(fetched.map(({ url, cache: mode }) => [url, mode])).toContainEqual([KEY, 'reload']);
    fetched = [];
    await kept.mend();
    expect(fetched.map(({ url }) => url)).not.toContain(KEY);
  });

  it('is asked for anew by a version that comes with other policies, though its files are kept', async () => {
    await kept.install();
    const page = PAGE.replace('<!doctype html>', '<!doctype html><title>2</title>');
    const files = [built('index.html', page), FILES.script];
    const second = new KeptFiles({ cacheName: 'kept', folder: FOLDER, files, tell: async () => undefined });
    give('index.html', { body: page });
    fetched = [];
    await second.install();
    expect(fetched.map(({ url }) => url)).not.toContain(KEY);
    give('index.html', { policy: "default-src 'none'" });
    await second.install();
    expect(fetched.map(({ url, cache: mode }) => [url, mode])).toContainEqual([KEY, 'reload']);
  });

  it('is the page also where the host has written something into it', async () => {
    give('index.html', { body: PAGE.replace('<script', '<script>window.host = {}</script><script') });
    await kept.install();
    expect(await textOf(PAGE_KEY)).toContain('window.host');
    expect(told).toEqual([]);
  });

  it('is not the page where it is that of another version, or of a portal: then nothing is mended', async () => {
    await kept.install();
    await cache.put(KEY, new Response('damaged', JAVASCRIPT));
    for (const body of [PAGE.replace('1a2b', '3c4d'), '<!doctype html>Please log in']) {
      give('index.html', { body });
      await kept.mend();
      expect(await textOf(KEY)).toBe('damaged');
      expect(await textOf(PAGE_KEY)).toBe(PAGE);
    }
  });

  it('is not told of pictures, which a host may leave out or make smaller', async () => {
    await kept.install();
    give('samples/tile.jpg', { body: 'smaller', type: 'image/webp' });
    await kept.mend();
    expect(cache.entries.has(PICTURE_KEY)).toBe(false);
    expect(told).toEqual([]);
  });

  it('is no picture where the browser is to save data', async () => {
    vi.stubGlobal('navigator', { connection: { saveData: true } });
    await kept.install();
    await kept.mend();
    expect([...cache.entries.keys()].sort()).toEqual([KEY, PAGE_KEY].sort());
  });

  it('is made right for whoever asks while nothing is kept', async () => {
    give('assets/index-1a2b.js', { type: 'text/plain' });
    const work: Promise<unknown>[] = [];
    const event = { request: new Request(KEY), waitUntil: (one: Promise<unknown>) => void work.push(one) };
    const response = await kept.answer(event, KEY)!;
    expect(response.headers.get('content-type')).toBe('text/javascript');
    await Promise.all(work);
    expect(told).toMatchObject([{ problem: 'wrong-type' }]);
    expect(await textOf(KEY)).toBe(SCRIPT);
  });

  it('does not keep a page from starting where its files are all kept and there is no network', async () => {
    await kept.install();
    host.clear();
    await kept.mend();
    expect(await ask()).toBe(SCRIPT);
  });
});

it('keeps what former versions have kept while it is needed', async () => {
  await cache.put(`${KEY}?former`, new Response('former'));
  await kept.dropFormer(async () => true);
  expect(cache.entries.size).toBe(1);
});

it('answers for its own files alone', () => {
  const event = { request: new Request(`${FOLDER}models/a.onnx`), waitUntil: () => undefined };
  expect(kept.answer(event, `${FOLDER}models/a.onnx`)).toBeUndefined();
  expect(kept.has(KEY)).toBe(true);
  expect(kept.has(`${FOLDER}assets/index-0f0f.js`)).toBe(false);
});
