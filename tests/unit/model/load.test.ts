import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sha256 } from '../../../src/model/hash.js';
import { loadModel as openModel, type LoadOptions, type ModelSource } from '../../../src/model/load.js';
import { MemoryCache } from './memory-cache.js';
import { METADATA, tinyModel } from './onnx-builder.js';

const ROOT = 'https://example.test/models/';
const CATALOGUE = `${ROOT}catalogue.json`;
const source = { kind: 'catalogue', catalogue: CATALOGUE } as const;

/** With a session, as far as anybody here asks. */
async function loadModel(source: ModelSource, options: LoadOptions) {
  const model = await openModel(source, options);
  return { ...model, notStored: await model.keep() };
}

/** What the pretended server holds; a function may fail. */
let site: Map<string, Uint8Array<ArrayBuffer> | (() => Response)>;
let requests: { url: string; cache: RequestCache | undefined }[];
let cache: MemoryCache;

async function publish(name: string, file: Uint8Array<ArrayBuffer>, others: object[] = []): Promise<string> {
  const hash = await sha256(file);
  const entry = { name, version: '1', file: `${name}.onnx`, bytes: file.length, sha256: hash };
  site.set(`${ROOT}${name}.onnx`, file);
  site.set(CATALOGUE, new TextEncoder().encode(JSON.stringify({ models: [entry, ...others] })));
  return hash;
}

beforeEach(() => {
  site = new Map();
  requests = [];
  cache = new MemoryCache();
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    requests.push({ url, cache: init?.cache });
    const found = site.get(url);
    if (typeof found === 'function') return found();
    return found ? new Response(found) : new Response('Not found', { status: 404 });
  });
});
afterEach(() => vi.unstubAllGlobals());

const offline = () => {
  throw new TypeError('Failed to fetch');
};

describe('a model of the catalogue', () => {
  it('is fetched with progress towards the known size, checked and stored', async () => {
    const file = tinyModel();
    const hash = await publish('tiny', file);
    const progress: [number, number][] = [];
    const model = await loadModel(source, { cache, onProgress: (...step) => progress.push(step) });
    expect(model.network.metadata).toEqual(METADATA);
    expect(model.hash).toBe(hash);
    expect(model.bytes).toEqual(file);
    expect(model.notStored).toBeUndefined();
    expect(progress[0]).toEqual([0, file.length]);
    expect(progress.at(-1)).toEqual([file.length, file.length]);
    expect([...cache.entries.keys()]).toEqual([hash, `catalogue:${CATALOGUE}`]);
  });

  it('comes from the cache the second time, and without a network', async () => {
    await publish('tiny', tinyModel());
    const first = await loadModel(source, { cache });
    requests = [];
    expect((await loadModel(source, { cache })).hash).toBe(first.hash);
    expect(requests.map(({ url }) => url)).toEqual([CATALOGUE]);
    site.set(CATALOGUE, offline);
    expect((await loadModel(source, { cache })).hash).toBe(first.hash);
  });

  it('is fetched anew when the cached copy is damaged', async () => {
    const file = tinyModel();
    const hash = await publish('tiny', file);
    await loadModel(source, { cache });
    cache.entries.set(hash, file.slice(0, 10));
    expect((await loadModel(source, { cache })).bytes).toEqual(file);
    expect(cache.entries.get(hash)).toEqual(file);
  });

  it('replaces its predecessor', async () => {
    const old = await publish('tiny', tinyModel());
    await loadModel(source, { cache });
    const current = await publish('tiny', tinyModel({ ...METADATA, version: '2.0.0' }));
    expect((await loadModel(source, { cache })).network.metadata.version).toBe('2.0.0');
    expect(cache.entries.has(current)).toBe(true);
    expect(cache.entries.has(old)).toBe(false);
  });

  it('leaves its predecessor where it is until it has made a session', async () => {
    const old = await publish('tiny', tinyModel());
    await loadModel(source, { cache });
    const current = await publish('tiny', tinyModel({ ...METADATA, version: '2.0.0' }));
    const model = await openModel(source, { cache });
    expect([...cache.entries.keys()]).toEqual([old, `catalogue:${CATALOGUE}`]);
    await model.keep();
    expect([...cache.entries.keys()].sort()).toEqual([current, `catalogue:${CATALOGUE}`].sort());
  });

  it('of a format that this version does not read leaves the one that worked, which can be asked for', async () => {
    const former = { ...source, isFormer: true };
    await expect(openModel(former, { cache })).rejects.toMatchObject({ code: 'model-not-found' });
    const old = await publish('tiny', tinyModel());
    await loadModel(source, { cache });
    await publish('tiny', tinyModel({ ...METADATA, format: 2 }));
    await expect(openModel(source, { cache })).rejects.toMatchObject({ code: 'model-unsupported' });
    site.set(CATALOGUE, offline);
    requests = [];
    expect((await openModel(former, { cache })).hash).toBe(old);
    expect(requests).toEqual([]);
  });

  it('that the server does not name in time, and whose predecessor is gone, is a matter of the network', async () => {
    await publish('tiny', tinyModel());
    const { hash } = await loadModel(source, { cache });
    cache.entries.delete(hash);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    vi.stubGlobal('fetch', async (url: string, { signal }: RequestInit) => {
      if (url !== CATALOGUE) throw new TypeError('Failed to fetch');
      return new Promise((_, reject) =>
        signal!.addEventListener('abort', () => reject(signal!.reason as Error)),
      );
    });
    const failure = expect(loadModel(source, { cache })).rejects.toMatchObject({
      code: 'offline',
      data: { reason: 'download-stalled', params: { seconds: 5 } },
    });
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
    await vi.advanceTimersByTimeAsync(5000);
    vi.useRealTimers();
    await failure;
  });

  it('gives way to its stored predecessor while it cannot be fetched', async () => {
    const old = await publish('tiny', tinyModel());
    await loadModel(source, { cache });
    await publish('tiny', tinyModel({ ...METADATA, version: '2.0.0' }));
    site.set(`${ROOT}tiny.onnx`, offline);
    expect((await loadModel(source, { cache })).hash).toBe(old);
  });

  it('is refused when its hash differs, after one try past the HTTP cache', async () => {
    await publish('tiny', tinyModel());
    site.set(`${ROOT}tiny.onnx`, tinyModel({ ...METADATA, name: 'forged' }));
    await expect(loadModel(source, { cache })).rejects.toMatchObject({ code: 'model-corrupt' });
    expect(requests.slice(1).map((request) => request.cache)).toEqual(['default', 'reload']);
    expect(cache.entries.size).toBe(0);
  });

  it('is used when only the HTTP cache held a wrong copy', async () => {
    const file = tinyModel();
    await publish('tiny', file);
    const answers = [new Response(file.slice(0, 50)), new Response(file)];
    site.set(`${ROOT}tiny.onnx`, () => answers.shift()!);
    expect((await loadModel(source, { cache })).bytes).toEqual(file);
  });

  it('is explained when it is a Git LFS pointer', async () => {
    await publish('tiny', tinyModel());
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n';
    site.set(`${ROOT}tiny.onnx`, new TextEncoder().encode(pointer));
    await expect(loadModel(source, { cache })).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringContaining('git lfs pull') as string,
    });
  });

  it('works when nothing can be stored, and says so', async () => {
    await publish('tiny', tinyModel());
    cache.full = true;
    const full = await loadModel(source, { cache });
    expect(full.notStored).toMatchObject({
      code: 'storage-full',
      message: expect.stringContaining('full') as string,
    });
    const none = await loadModel(source, {});
    expect(none.notStored).toMatchObject({
      code: 'storage-full',
      message: expect.stringContaining('https') as string,
    });
  });

  it('is fetched where the cache cannot be read', async () => {
    await publish('tiny', tinyModel());
    vi.spyOn(cache, 'get').mockRejectedValue(new DOMException('Broken.', 'UnknownError'));
    await expect(loadModel(source, { cache })).resolves.toMatchObject({
      network: { metadata: { name: 'tiny' } },
    });
    site.set(CATALOGUE, offline);
    await expect(loadModel(source, { cache })).rejects.toMatchObject({ code: 'offline' });
  });

  it('fails without a trace, so that the next try can succeed', async () => {
    site.set(CATALOGUE, offline);
    await expect(loadModel(source, { cache })).rejects.toMatchObject({ code: 'offline' });
    await publish('tiny', tinyModel());
    await expect(loadModel(source, { cache })).resolves.toMatchObject({
      network: { metadata: { name: 'tiny' } },
    });
  });

  it('is chosen by name', async () => {
    const second = tinyModel({ ...METADATA, name: 'second' });
    const entry = {
      name: 'second',
      version: '1',
      file: 'two.onnx',
      bytes: second.length,
      sha256: await sha256(second),
    };
    await publish('tiny', tinyModel(), [entry]);
    site.set(`${ROOT}two.onnx`, second);
    expect((await loadModel({ ...source, name: 'second' }, { cache })).network.metadata.name).toBe('second');
    await expect(loadModel({ ...source, name: 'third' }, { cache })).rejects.toMatchObject({
      code: 'model-not-found',
      message: 'There is no model "third". Available: "tiny", "second".',
    });
  });

  const sized = (bytes: number) =>
    JSON.stringify({ models: [{ name: 'x', version: '1', file: 'x.onnx', bytes, sha256: 'a'.repeat(64) }] });
  it.each([
    ['{'],
    ['{}'],
    ['{"models":[]}'],
    ['null'],
    ['{"models":[{"name":"x"}]}'],
    [sized(0)],
    [sized(-5)],
    [sized(1e15)],
  ])('is not looked for in the catalogue %s', async (json) => {
    site.set(CATALOGUE, new TextEncoder().encode(json));
    await expect(loadModel(source, { cache })).rejects.toMatchObject({ code: 'model-not-found' });
  });
});

describe('a model by URL', () => {
  const url = 'https://elsewhere.test/own.onnx';

  it('is fetched each time, and served from the last visit without a network', async () => {
    site.set(url, tinyModel());
    const { hash } = await loadModel({ kind: 'url', url }, { cache });
    site.set(url, offline);
    expect((await loadModel({ kind: 'url', url }, { cache })).hash).toBe(hash);
  });

  it('leaves the copy of the last visit until it has made a session', async () => {
    const [first, second] = [tinyModel(), tinyModel({ ...METADATA, version: '2.0.0' })];
    site.set(url, first);
    await loadModel({ kind: 'url', url }, { cache });
    site.set(url, second);
    await openModel({ kind: 'url', url }, { cache });
    expect(cache.entries.get(`url:${url}`)).toEqual(first);
  });

  it('is not stored when it is no model', async () => {
    site.set(url, new TextEncoder().encode('hello'));
    await expect(loadModel({ kind: 'url', url }, { cache })).rejects.toMatchObject({
      code: 'model-unsupported',
    });
    expect(cache.entries.size).toBe(0);
  });

  it('is not found', async () => {
    await expect(loadModel({ kind: 'url', url }, { cache })).rejects.toMatchObject({
      code: 'model-not-found',
    });
  });
});

describe('a model by its bytes', () => {
  it('is hashed and read without any request', async () => {
    const file = tinyModel();
    const model = await loadModel({ kind: 'bytes', bytes: file.buffer }, { cache });
    expect(model.hash).toBe(await sha256(file));
    expect(requests).toEqual([]);
  });
});

describe('a model by its file', () => {
  it('is hashed and read without any request', async () => {
    const bytes = tinyModel();
    const model = await loadModel({ kind: 'file', file: new Blob([bytes]) }, { cache });
    expect(model.hash).toBe(await sha256(bytes));
    expect(model.bytes).toEqual(bytes);
    expect(requests).toEqual([]);
    expect(cache.entries.size).toBe(0);
  });

  it('that is gone or too large is told apart', async () => {
    const unreadable = (name: string) =>
      Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new DOMException('', name)) });
    const load = (name: string) => loadModel({ kind: 'file', file: unreadable(name) }, {});
    await expect(load('NotReadableError')).rejects.toMatchObject({ code: 'model-not-found' });
    await expect(load('RangeError')).rejects.toMatchObject({ code: 'out-of-memory' });
  });
});
