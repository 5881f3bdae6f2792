import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ErrorCode } from '../../../src/core/errors.js';
import type { Progress } from '../../../src/core/types.js';
import type { Result } from '../../../src/detector/worker-api.js';
import { openDetector } from '../../../src/detector/open-detector.js';
import type { StartRequest } from '../../../src/detector/worker-api.js';
import {
  content,
  deferred,
  failure,
  fakeEnvironment,
  never,
  photo,
  REPLY,
  startReply,
  type Behaviour,
} from './fake-worker.js';

afterEach(() => vi.unstubAllGlobals());

describe('starting', () => {
  it('loads the first model of the catalogue and reports its way', async () => {
    const { environment, workers } = fakeEnvironment();
    const progress: Progress[] = [];
    const detector = await openDetector({ onProgress: (step) => progress.push(step) }, environment);
    expect(workers[0]!.requests[0]!.model).toEqual({
      kind: 'catalogue',
      catalogue: environment.assets.catalogue,
    });
    expect(detector.model).toMatchObject({
      name: 'tiny',
      version: '1.2.3',
      domain: 'test plates',
      license: 'MIT',
    });
    expect(detector.runtime).toEqual({ provider: 'wasm', threads: 4 });
    expect(detector.fallback).toBeUndefined();
    expect(progress).toEqual([{ phase: 'starting' }, { phase: 'ready' }]);
  });

  it.each([
    ['surface-defects', { kind: 'catalogue', name: 'surface-defects' }],
    ['https://elsewhere.test/a', { kind: 'url', url: 'https://elsewhere.test/a' }],
    [new URL('https://elsewhere.test/b.onnx'), { kind: 'url', url: 'https://elsewhere.test/b.onnx' }],
    [new Blob(['12345678']), { kind: 'file' }],
  ])('takes %s for a model', async (model, expected) => {
    const { environment, workers } = fakeEnvironment();
    await openDetector({ model }, environment);
    expect(workers[0]!.requests[0]!.model).toMatchObject(expected);
  });

  it.each([
    [{}, {}, 4],
    [{ threads: 6 }, {}, 6],
    [{ threads: 0 }, {}, 1],
    [{}, { cores: 2 }, 2],
    [{ workers: 4 }, {}, 2],
    [{ workers: 16 }, {}, 1],
    [{ threads: 6 }, { crossOriginIsolated: false }, 1],
    [{ threads: 100_000 }, {}, 8],
    [{ threads: 40 }, { cores: 2 }, 2],
    [{ threads: Infinity }, {}, 8],
    [{ threads: -Infinity }, {}, 1],
    [{ threads: NaN }, {}, 4],
    [{ threads: 'six' as unknown as number }, {}, 4],
    [{ workers: NaN }, {}, 4],
    [{}, { cores: NaN }, 1],
  ])('with %j on %j uses %i threads', async (options, page, threads) => {
    const { environment, workers } = fakeEnvironment();
    await openDetector(options, { ...environment, ...page });
    expect(workers[0]!.requests[0]!.threads).toBe(threads);
  });

  it.each([
    [{}, {}, 1],
    [{ workers: 3 }, { cores: 2 }, 3],
    [{ workers: 0 }, {}, 1],
    [{ workers: NaN }, {}, 1],
    [{ workers: Infinity }, { cores: 2 }, 4],
    [{ workers: 100_000 }, {}, 16],
    [{ workers: 'spare' }, { cores: 2 }, 1],
    [{ workers: 'spare' }, { cores: 7 }, 1],
    [{ workers: 'spare' }, { cores: 8 }, 2],
    [{ workers: 'spare' }, { cores: 64 }, 2],
    [{ workers: 'spare' }, { cores: 1, crossOriginIsolated: false }, 1],
    [{ workers: 'spare' }, { cores: 2, crossOriginIsolated: false }, 2],
    [{ workers: 'spare', threads: 1 }, { cores: 8 }, 1],
  ] as const)('with %j on %j has %i workers, of which one is started', async (options, page, count) => {
    const { environment, workers } = fakeEnvironment();
    const detector = await openDetector(options, { ...environment, ...page });
    expect(detector.workers).toBe(count);
    expect(workers).toHaveLength(1);
  });

  it('gives a worker that has not even begun a second try as it is', async () => {
    const silent: Result<never> = {
      ok: false,
      error: { code: 'timed-out', reason: 'worker-silent', params: { url: 'a', seconds: 30 } },
    };
    const { environment, workers } = fakeEnvironment({
      start: (_request, _worker, index) => (index === 0 ? silent : undefined),
    });
    const detector = await openDetector({}, environment);
    expect(detector.runtime.threads).toBe(4);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    await expect(
      openDetector({}, fakeEnvironment({ start: () => silent }).environment),
    ).rejects.toMatchObject({ code: 'timed-out' });
  });

  it('falls back to one thread also when the second try crashes', async () => {
    const silent: Result<never> = {
      ok: false,
      error: { code: 'timed-out', reason: 'worker-silent', params: { url: 'a', seconds: 5 } },
    };
    const { environment, workers } = fakeEnvironment({
      start: (_request, _worker, index) => [silent, failure('worker-crashed')][index],
    });
    expect((await openDetector({}, environment)).runtime.threads).toBe(1);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, true, false]);
  });

  it('falls back to one thread where the browser makes none, twice', async () => {
    const { environment, workers } = fakeEnvironment({
      start: ({ threads }) =>
        threads === 1
          ? undefined
          : {
              ok: false,
              error: { code: 'timed-out', reason: 'thread-not-made', params: { url: 'a', seconds: 5 } },
            },
    });
    expect((await openDetector({}, environment)).runtime.threads).toBe(1);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, true, false]);
  });

  it('does not try another model where the program itself does not answer', async () => {
    const { environment, workers } = fakeEnvironment({
      start: () => ({
        ok: false,
        error: { code: 'timed-out', reason: 'worker-silent', params: { url: 'a', seconds: 30 } },
      }),
    });
    await expect(openDetector({ model: 'other' }, environment)).rejects.toMatchObject({ code: 'timed-out' });
    expect(workers).toHaveLength(2);
  });

  it('does not try another model where the program itself is missing', async () => {
    const { environment, workers } = fakeEnvironment({ start: () => failure('assets-unavailable') });
    await expect(openDetector({ model: 'other' }, environment)).rejects.toMatchObject({
      code: 'assets-unavailable',
    });
    expect(workers).toHaveLength(1);
  });

  it('falls back to one thread, in another worker', async () => {
    const { environment, workers } = fakeEnvironment({
      start: (request) => (request.threads > 1 ? failure('worker-crashed') : undefined),
    });
    const detector = await openDetector({ threads: 4 }, environment);
    expect(detector.runtime.threads).toBe(1);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
  });

  it('remembers a photo by the threads that it was inspected with, also where they became fewer meanwhile', async () => {
    const { environment, workers } = fakeEnvironment({
      start: ({ threads }, _, index) => (index > 0 && threads > 1 ? failure('worker-crashed') : undefined),
      inspect: (_, worker, index) => {
        if (index > 0) return undefined;
        worker.crash();
        return never();
      },
    });
    const detector = await openDetector({ threads: 4 }, environment);
    expect((await detector.inspect(photo('a'))).runtime.threads).toBe(1);
    const views = () => workers.flatMap((worker) => worker.views).length;
    const seen = views();
    expect((await detector.inspect(photo('a'))).runtime.threads).toBe(1);
    expect(views()).toBe(seen);
    // One with as many threads as it had at first has not inspected it.
    const other = fakeEnvironment();
    const another = await openDetector(
      { threads: 4 },
      { ...other.environment, results: environment.results },
    );
    expect((await another.inspect(photo('a'))).runtime.threads).toBe(4);
    expect(other.workers[0]!.views).toHaveLength(1);
  });

  it('notices a worker that dies while it starts', async () => {
    const { environment, workers } = fakeEnvironment({
      start: (_, worker) => {
        worker.crash();
        return never();
      },
    });
    await expect(openDetector({ threads: 2 }, environment)).rejects.toMatchObject({ code: 'worker-crashed' });
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, true]);
  });

  it('uses the shipped model where the one asked for fails, and says why', async () => {
    const { environment, workers } = fakeEnvironment({
      start: ({ model }) => (model.kind === 'url' ? failure('model-unsupported', 'No masks.') : undefined),
    });
    const model = 'https://elsewhere.test/a.onnx';
    const detector = await openDetector({ model, fallback: true }, environment);
    expect(detector.fallback).toMatchObject({ code: 'model-unsupported', message: 'No masks.' });
    expect(workers[0]!.terminated).toBe(true);
    await expect(detector.inspect(photo('a'))).resolves.toMatchObject({ image: { name: 'a.jpg' } });
  });

  it.each([undefined, false])('uses no other model where nobody has allowed it (%s)', async (fallback) => {
    const { environment, workers } = fakeEnvironment({
      start: ({ model }) =>
        model.kind === 'catalogue' && model.name ? failure('model-not-found', 'There is none.') : undefined,
    });
    const options = { model: 'nope', ...(fallback !== undefined && { fallback }) };
    await expect(openDetector(options, environment)).rejects.toMatchObject({
      code: 'model-not-found',
      message: 'There is none.',
    });
    expect(workers.map(({ terminated }) => terminated)).toEqual([true]);
  });

  it('says what is wrong with the model asked for when the shipped one fails too', async () => {
    const { environment } = fakeEnvironment({
      start: ({ model }) => failure(model.kind === 'url' ? 'model-corrupt' : 'model-not-found'),
    });
    const model = 'https://elsewhere.test/a.onnx';
    const opening = openDetector({ model, fallback: true }, environment);
    await expect(opening).rejects.toMatchObject({ code: 'model-corrupt' });
  });

  it('does not try another model without WebAssembly', async () => {
    const { environment, workers } = fakeEnvironment({ start: () => failure('no-webassembly') });
    await expect(openDetector({ model: 'named', fallback: true }, environment)).rejects.toMatchObject({
      code: 'no-webassembly',
    });
    expect(workers).toHaveLength(1);
  });

  it.each(['http://', 'http://['])('refuses %s as an address, and uses the shipped model', async (model) => {
    const { environment, workers } = fakeEnvironment();
    const { fallback } = await openDetector({ model, fallback: true }, environment);
    expect(fallback).toMatchObject({ code: 'model-not-found', message: `"${model}" is not an address.` });
    expect(workers).toHaveLength(1);
  });

  it.each<[ErrorCode, boolean]>([
    ['model-unsupported', true],
    ['model-corrupt', true],
    ['offline', false],
    ['model-not-found', false],
  ])('after a shipped model that is %s asks for its predecessor: %s', async (code, isAsked) => {
    const { environment, workers } = fakeEnvironment({
      start: ({ model }) => (model.kind === 'catalogue' && model.isFormer ? undefined : failure(code)),
    });
    const opening = openDetector({}, environment);
    if (isAsked) expect((await opening).fallback).toMatchObject({ code });
    else await expect(opening).rejects.toMatchObject({ code });
    expect(workers).toHaveLength(isAsked ? 2 : 1);
  });

  it('says what was wrong first when nothing at all can be used', async () => {
    const { environment } = fakeEnvironment({
      start: ({ model }) =>
        failure(
          model.kind !== 'catalogue' ? 'timed-out' : model.isFormer ? 'model-not-found' : 'model-unsupported',
        ),
    });
    const model = 'https://elsewhere.test/a.onnx';
    const opening = openDetector({ model, fallback: true }, environment);
    await expect(opening).rejects.toMatchObject({ code: 'timed-out' });
  });

  it('tells nobody of progress when it is over', async () => {
    let late: (() => void) | undefined;
    const { environment } = fakeEnvironment();
    const connect = () => {
      const worker = environment.connect();
      return {
        ...worker,
        terminate: () => worker.terminate(),
        api: {
          ...worker.api,
          start: async (_: StartRequest, onProgress: (progress: Progress) => void) => {
            late = () => onProgress({ phase: 'model', loaded: 1, total: 2 });
            return failure('offline');
          },
        },
      };
    };
    const onProgress = vi.fn();
    await expect(openDetector({ onProgress }, { ...environment, connect })).rejects.toThrow();
    late!();
    expect(onProgress).not.toHaveBeenCalled();
  });

  it('can be cancelled', async () => {
    const { environment, workers } = fakeEnvironment({ start: never });
    const controller = new AbortController();
    const opening = openDetector({ signal: controller.signal }, environment);
    await vi.waitFor(() => expect(workers).toHaveLength(1));
    controller.abort();
    await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
    expect(workers[0]!.terminated).toBe(true);
    await expect(openDetector({ signal: controller.signal }, environment)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('can be cancelled while the shipped model is loaded instead', async () => {
    const { environment, workers } = fakeEnvironment({
      start: ({ model }) => (model.kind === 'url' ? failure('model-unsupported') : never()),
    });
    const controller = new AbortController();
    const options = { model: 'https://elsewhere.test/a.onnx', fallback: true, signal: controller.signal };
    const opening = openDetector(options, environment);
    await vi.waitFor(() => expect(workers).toHaveLength(2));
    controller.abort();
    await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
    expect(workers.every(({ terminated }) => terminated)).toBe(true);
  });

  it('can be cancelled while another site does not answer', async () => {
    vi.stubGlobal('location', new URL('https://page.test/'));
    vi.stubGlobal('fetch', never);
    const { environment, workers } = fakeEnvironment();
    const controller = new AbortController();
    const options = { model: 'https://elsewhere.test/a.onnx', signal: controller.signal };
    const opening = openDetector(options, environment);
    controller.abort();
    await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
    expect(workers).toHaveLength(0);
  });

  it('says that the browser refuses to make a worker', async () => {
    const { environment } = fakeEnvironment();
    const connect = () => {
      throw new DOMException('Not allowed here.', 'SecurityError');
    };
    await expect(openDetector({}, { ...environment, connect })).rejects.toMatchObject({
      code: 'worker-crashed',
      message:
        'The background worker failed: SecurityError: Not allowed here. Reload the page. If that does not help, use another browser.',
    });
  });

  it('reports what a listener throws, and goes on', async () => {
    const reports: (() => void)[] = [];
    vi.stubGlobal('queueMicrotask', (report: () => void) => reports.push(report));
    const { environment, workers } = fakeEnvironment();
    const onProgress = ({ phase }: Progress) => {
      throw new Error(`No place for ${phase}.`);
    };
    await expect(openDetector({ onProgress }, environment)).resolves.toBeDefined();
    expect(workers).toHaveLength(1);
    expect(reports).toHaveLength(2);
    expect(reports[0]).toThrow('No place for starting.');
    expect(reports[1]).toThrow('No place for ready.');
  });

  it('passes on that the model could not be stored', async () => {
    const notStored = { code: 'storage-full', reason: 'foreign', params: { text: 'Full.' } } as const;
    const { environment } = fakeEnvironment({ start: (request) => startReply(request, { notStored }) });
    expect((await openDetector({}, environment)).notStored).toMatchObject({
      code: 'storage-full',
      message: 'Full.',
    });
  });

  it('can be tried again after a failure', async () => {
    let down = true;
    const { environment } = fakeEnvironment({ start: () => (down ? failure('offline') : undefined) });
    await expect(openDetector({}, environment)).rejects.toMatchObject({ code: 'offline' });
    down = false;
    await expect(openDetector({}, environment)).resolves.toBeDefined();
  });
});

describe('inspecting', () => {
  it('gives the whole inspection', async () => {
    const { environment } = fakeEnvironment();
    const detector = await openDetector({}, environment);
    const inspection = await detector.inspect(photo('abc'));
    expect(inspection).toMatchObject({
      id: expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ) as string,
      image: {
        name: 'abc.jpg',
        width: 40,
        height: 30,
        hash: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      },
      input: { width: 64, height: 64, scale: 1.5, tiles: 1, planned: 1, detail: 'fast' },
      model: { name: 'tiny' },
      runtime: { provider: 'wasm', threads: 4 },
      timing: { total: 10 },
    });
    expect(inspection).not.toHaveProperty('width');
  });

  it('makes an id and a hash on plain http too', async () => {
    const { getRandomValues } = crypto;
    vi.stubGlobal('crypto', { getRandomValues: getRandomValues.bind(crypto) });
    const { environment } = fakeEnvironment();
    const detector = await openDetector({}, environment);
    const { id, image } = await detector.inspect(photo('abc'));
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(image.hash).toBe('hashed by the worker');
  });

  it('takes one photo after the other, in order', async () => {
    const gates = new Map(['a', 'b', 'c'].map((name) => [name, deferred<undefined>()]));
    const { environment, workers } = fakeEnvironment({
      inspect: (data) => gates.get(content(data))!.promise,
    });
    const detector = await openDetector({}, environment);
    const done: string[] = [];
    const all = ['a', 'b', 'c'].map((name) => detector.inspect(photo(name)).then(() => done.push(name)));
    gates.get('c')!.resolve(undefined);
    gates.get('b')!.resolve(undefined);
    await vi.waitFor(() => expect(workers[0]!.photos).toHaveLength(1));
    gates.get('a')!.resolve(undefined);
    await Promise.all(all);
    expect(done).toEqual(['a', 'b', 'c']);
    expect(workers).toHaveLength(1);
  });

  it('uses several workers, and starts them from the bytes of the first when they are needed', async () => {
    const gate = deferred<undefined>();
    const { environment, workers } = fakeEnvironment({ inspect: () => gate.promise });
    const detector = await openDetector({ workers: 2 }, environment);
    expect(workers).toHaveLength(1);
    const all = ['a', 'b', 'c'].map((name) => detector.inspect(photo(name)));
    await vi.waitFor(() => expect(workers.flatMap(({ photos }) => photos)).toHaveLength(2));
    expect(workers).toHaveLength(2);
    expect(workers[1]!.requests[0]!.model).toMatchObject({ kind: 'bytes', hash: 'a'.repeat(64) });
    gate.resolve(undefined);
    await expect(Promise.all(all)).resolves.toHaveLength(3);
  });

  it('returns a photo seen before at once, under its new name and with an id of its own', async () => {
    const { environment, workers } = fakeEnvironment();
    const detector = await openDetector({}, environment);
    const first = await detector.inspect(photo('same'));
    const second = await detector.inspect(new File(['same'], 'copy.png'));
    expect(workers[0]!.photos).toHaveLength(1);
    expect(second.image).toEqual({ ...first.image, name: 'copy.png' });
    expect(second.id).not.toBe(first.id);
    expect(second.detections).toBe(first.detections);
    // Its times were counted once.
    expect(second.timing).toMatchObject({ decode: 0, resample: 0, infer: 0, post: 0 });
    expect(second.timing.total).toBeLessThan(1000);
  });

  it('inspects it again when asked to, and with other threads', async () => {
    const { environment, workers } = fakeEnvironment();
    const detector = await openDetector({}, environment);
    await detector.inspect(photo('same'));
    const again = await detector.inspect(photo('same'), { again: true });
    expect(again.timing).toEqual(REPLY.timing);
    expect(workers[0]!.photos).toHaveLength(2);
    const single = await openDetector({ threads: 1 }, environment);
    expect((await single.inspect(photo('same'))).runtime.threads).toBe(1);
    expect(workers[1]!.photos).toHaveLength(1);
  });

  it('tells apart pixels of the same bytes but another width', async () => {
    const { environment, workers } = fakeEnvironment();
    const detector = await openDetector({}, environment);
    const pixels = (width: number, height: number) =>
      ({
        [Symbol.toStringTag]: 'ImageData',
        data: new Uint8ClampedArray(width * height * 4),
        width,
        height,
        colorSpace: 'srgb',
      }) as unknown as ImageData;
    await detector.inspect(pixels(2, 3));
    await detector.inspect(pixels(3, 2));
    await detector.inspect(pixels(3, 2));
    expect(workers[0]!.photos).toHaveLength(2);
  });
});

describe('failures', () => {
  it('replaces a worker that crashed and tries its photo once more', async () => {
    const { environment, workers } = fakeEnvironment({
      inspect: (_, worker, index) => {
        if (index > 0) return undefined;
        worker.crash();
        return never();
      },
    });
    const detector = await openDetector({}, environment);
    await expect(detector.inspect(photo('a'))).resolves.toMatchObject({ image: { name: 'a.jpg' } });
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(workers.map(({ photos }) => photos.length)).toEqual([1, 1]);
  });

  it.each(['worker-crashed', 'out-of-memory'] as const)(
    'gives up a photo after two times %s',
    async (code) => {
      const { environment, workers } = fakeEnvironment({
        inspect: (data) => (content(data) === 'bad' ? failure(code) : undefined),
      });
      const detector = await openDetector({}, environment);
      const bad = detector.inspect(photo('bad'));
      const good = detector.inspect(photo('good'));
      await expect(bad).rejects.toMatchObject({ code });
      await expect(good).resolves.toMatchObject({ image: { name: 'good.jpg' } });
      expect(workers).toHaveLength(3);
    },
  );

  it('goes on after a photo that is no photo, with the same worker', async () => {
    const { environment, workers } = fakeEnvironment({
      inspect: (data) => (content(data) === 'bad' ? failure('corrupt-image') : undefined),
    });
    const detector = await openDetector({}, environment);
    await expect(detector.inspect(photo('bad'))).rejects.toMatchObject({ code: 'corrupt-image' });
    await expect(detector.inspect(photo('good'))).resolves.toBeDefined();
    expect(workers).toHaveLength(1);
  });

  it('does not remember a replacement that failed to start', async () => {
    let down = false;
    const { environment, workers } = fakeEnvironment({
      start: () => (down ? failure('offline') : undefined),
      inspect: (_, __, index) => (index === 0 ? failure('worker-crashed') : undefined),
    });
    const detector = await openDetector({}, environment);
    down = true;
    await expect(detector.inspect(photo('a'))).rejects.toMatchObject({ code: 'offline' });
    down = false;
    await expect(detector.inspect(photo('b'))).resolves.toBeDefined();
    expect(workers).toHaveLength(3);
  });
});

describe('a photo that fails', () => {
  it.each([
    failure('worker-crashed'),
    failure('out-of-memory'),
    { ok: false, error: { code: 'timed-out', reason: 'start-took-too-long', params: { milliseconds: 1 } } },
  ] as const)('because no worker starts any more is not to blame', async (failed) => {
    const { environment, workers } = fakeEnvironment({
      start: (_request, _worker, index) => (index === 0 ? undefined : failed),
    });
    const detector = await openDetector({ threads: 1 }, environment);
    await detector.inspect(photo('good'));
    workers[0]!.crash();
    await expect(detector.inspect(photo('next'))).rejects.toMatchObject({
      code: failed.ok ? '' : failed.error.code,
      data: { reason: failed.ok ? '' : failed.error.reason },
    });
  });

  const over = (code: ErrorCode) => ({
    code,
    data: { reason: 'photo-alone-fails' },
    message: expect.stringMatching(/The model works on other photos\.$/) as string,
  });

  it.each(['worker-crashed', 'out-of-memory'] as const)(
    'twice by %s, after others were inspected, is to blame itself',
    async (code) => {
      const { environment, workers } = fakeEnvironment({
        inspect: (data) => (content(data) === 'bad' ? failure(code) : undefined),
      });
      const detector = await openDetector({}, environment);
      await detector.inspect(photo('good'));
      await expect(detector.inspect(photo('bad'))).rejects.toMatchObject(over(code));
      expect(workers.flatMap(({ photos }) => photos).map(content)).toEqual(['good', 'bad', 'bad']);
    },
  );

  it('first of all is compared with a blank one', async () => {
    const { environment, workers } = fakeEnvironment({
      inspect: (data) => (data.kind === 'file' ? failure('out-of-memory') : undefined),
    });
    const detector = await openDetector({}, environment);
    await expect(detector.inspect(photo('huge'))).rejects.toMatchObject(over('out-of-memory'));
    expect(workers.map(({ photos }) => photos.map(({ kind }) => kind))).toEqual([
      ['file'],
      ['file'],
      ['pixels'],
    ]);
  });

  it('as blank ones do is not', async () => {
    const { environment } = fakeEnvironment({ inspect: () => failure('out-of-memory') });
    const detector = await openDetector({}, environment);
    await expect(detector.inspect(photo('any'))).rejects.toMatchObject({
      code: 'out-of-memory',
      data: { reason: 'foreign' },
    });
  });
});

describe('what takes too long', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  /** Files are read and hashed on a clock of their own. */
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
  };
  afterEach(() => void vi.useRealTimers());
  const url = 'https://elsewhere.test/a.onnx';

  it('to start is ended, and the next model of the chain is used', async () => {
    const { environment, workers } = fakeEnvironment({
      start: ({ model }) => (model.kind === 'url' ? never() : undefined),
    });
    const opening = openDetector({ model: url, fallback: true, threads: 4 }, environment);
    await vi.advanceTimersByTimeAsync(89_000);
    expect(workers).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2000);
    const { fallback } = await opening;
    expect(fallback).toMatchObject({
      code: 'timed-out',
      message: expect.stringMatching(/not ready after 90 seconds/) as string,
    });
    // Not once more with one thread: that would take as long.
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
  });

  it('does not count the time in which a second worker fetches the model again', async () => {
    const { environment, workers } = fakeEnvironment({
      start: (_request, _worker, index, onProgress) => {
        if (index === 0) return failure('worker-crashed');
        onProgress({ phase: 'model', loaded: 0, total: 1 });
        return never();
      },
    });
    const failed = vi.fn();
    openDetector({ threads: 2 }, environment).catch(failed);
    await vi.advanceTimersByTimeAsync(1e6);
    expect(workers).toHaveLength(2);
    expect(failed).not.toHaveBeenCalled();
  });

  it('is waited for where that is wanted', async () => {
    const { environment, workers } = fakeEnvironment({ start: never });
    openDetector({ timeLimit: Infinity }, environment).catch(() => undefined);
    await vi.advanceTimersByTimeAsync(1e9);
    expect(workers[0]!.terminated).toBe(false);
  });

  it('of the photos fails, once, and the next one has a worker of its own', async () => {
    const { environment, workers } = fakeEnvironment({
      inspect: (data) => (content(data) === 'endless' ? never() : undefined),
    });
    const detector = await openDetector({}, environment);
    const endless = expect(detector.inspect(photo('endless'))).rejects.toMatchObject({
      code: 'timed-out',
      data: { reason: 'photo-took-too-long' },
      message: expect.stringMatching(/not done after 2 minutes/) as string,
    });
    const next = detector.inspect(photo('next'));
    await until(() => workers[0]!.photos.length === 1);
    await vi.advanceTimersByTimeAsync(121_000);
    await endless;
    await expect(next).resolves.toBeDefined();
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    const other = expect(detector.inspect(photo('endless'))).rejects.toMatchObject({
      code: 'timed-out',
      data: { reason: 'photo-alone-fails' },
    });
    await until(() => workers[1]!.photos.length === 2);
    await vi.advanceTimersByTimeAsync(121_000);
    await other;
  });

  it('is judged by how long the photos before took', async () => {
    const { environment, workers } = fakeEnvironment({
      inspect: (data) =>
        content(data) === 'endless'
          ? never()
          : { ok: true, value: { ...REPLY, timing: { ...REPLY.timing, total: 30_000 } } },
    });
    const detector = await openDetector({}, environment);
    await detector.inspect(photo('slow'));
    const settled = vi.fn();
    detector.inspect(photo('endless')).catch(settled);
    await until(() => workers[0]!.photos.length === 2);
    await vi.advanceTimersByTimeAsync(599_000);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2000);
    expect(settled).toHaveBeenCalledOnce();
  });
});

describe('cancelling', () => {
  it('drops a waiting photo without touching the running one', async () => {
    const gate = deferred<undefined>();
    const { environment, workers } = fakeEnvironment({ inspect: () => gate.promise });
    const detector = await openDetector({}, environment);
    const controller = new AbortController();
    const running = detector.inspect(photo('a'));
    const waiting = detector.inspect(photo('b'), { signal: controller.signal });
    const last = detector.inspect(photo('c'));
    await vi.waitFor(() => expect(workers[0]!.photos).toHaveLength(1));
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    gate.resolve(undefined);
    await Promise.all([running, last]);
    expect(workers).toHaveLength(1);
    expect(workers[0]!.photos.map(content)).toEqual(['a', 'c']);
  });

  const cancelRunning = async (behaviour: Behaviour) => {
    const { environment, workers } = fakeEnvironment(behaviour);
    const detector = await openDetector({}, environment);
    const controller = new AbortController();
    const running = detector.inspect(photo('a'), { signal: controller.signal });
    await vi.waitFor(() => expect(workers[0]!.photos).toHaveLength(1));
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    return { detector, workers };
  };

  it('ends a worker that goes on; the next photo starts another from the kept bytes', async () => {
    const { detector, workers } = await cancelRunning({
      inspect: (_, __, index) => (index === 0 ? never() : undefined),
    });
    expect(workers[0]!.terminated).toBe(false);
    await expect(detector.inspect(photo('b'))).resolves.toBeDefined();
    expect(workers[0]!.terminated).toBe(true);
    expect(workers[1]!.requests[0]!.model.kind).toBe('bytes');
  });

  it('keeps a worker that is soon done; the next photo waits for it', async () => {
    const gate = deferred<undefined>();
    const { detector, workers } = await cancelRunning({
      inspect: (data) => (content(data) === 'a' ? gate.promise : undefined),
    });
    const next = detector.inspect(photo('b'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(workers[0]!.photos).toHaveLength(1);
    gate.resolve(undefined);
    await expect(next).resolves.toMatchObject({ image: { name: 'b.jpg' } });
    expect(workers).toHaveLength(1);
  });

  it('replaces a worker that breaks down over a cancelled photo', async () => {
    const gate = deferred<ReturnType<typeof failure>>();
    const { detector, workers } = await cancelRunning({
      inspect: (data) => (content(data) === 'a' ? gate.promise : undefined),
    });
    gate.resolve(failure('out-of-memory'));
    await expect(detector.inspect(photo('b'))).resolves.toBeDefined();
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
  });

  it('refuses at once what was cancelled before', async () => {
    const { environment, workers } = fakeEnvironment();
    const detector = await openDetector({}, environment);
    const inspecting = detector.inspect(photo('a'), { signal: AbortSignal.abort() });
    await expect(inspecting).rejects.toMatchObject({ code: 'cancelled' });
    expect(workers[0]!.photos).toHaveLength(0);
  });

  it('takes options that are none for no options', async () => {
    const detector = await openDetector({}, fakeEnvironment().environment);
    const nonsense: readonly unknown[] = [null, 5, { signal: 5 }, { signal: new AbortController() }];
    for (const options of nonsense)
      expect(await detector.inspect(photo('a'), options as object)).toMatchObject({ detections: [] });
    expect(detector.estimate({ width: 640, height: 480 }, null as unknown as object)).toHaveProperty(
      'planned',
    );
  });

  it('disposing cancels every photo', async () => {
    const { environment, workers } = fakeEnvironment({ inspect: never });
    const detector = await openDetector({}, environment);
    const all = [detector.inspect(photo('a')), detector.inspect(photo('b'))];
    await vi.waitFor(() => expect(workers[0]!.photos).toHaveLength(1));
    detector.dispose();
    for (const inspecting of all) await expect(inspecting).rejects.toMatchObject({ code: 'cancelled' });
    await expect(detector.inspect(photo('c'))).rejects.toMatchObject({ code: 'cancelled' });
    expect(() => detector.estimate({ width: 640, height: 480 })).toThrow(/disposed of/);
    expect(workers.every(({ terminated }) => terminated)).toBe(true);
    expect(workers).toHaveLength(1);
  });
});
