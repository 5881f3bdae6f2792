import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { download, downloadFile, requirePermission } from '../../../src/model/download.js';

const URL_ = 'https://example.test/file';
const options = { what: 'model', missing: 'model-not-found' } as const;
const answer = (response: () => Response | Promise<Response>) =>
  vi.stubGlobal('fetch', async () => response());

afterEach(() => vi.unstubAllGlobals());

function inParts(parts: number[][], headers: Record<string, string> = {}): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(Uint8Array.from(part));
      controller.close();
    },
  });
  return new Response(body, { headers });
}

describe('download', () => {
  it('joins the parts and reports each', async () => {
    answer(() => inParts([[1, 2], [3], [4, 5, 6]], { 'content-length': '6' }));
    const steps: number[][] = [];
    const bytes = await download(URL_, { ...options, onProgress: (...step) => steps.push(step) });
    expect([...bytes]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(steps).toEqual([
      [0, 6],
      [2, 6],
      [3, 6],
      [6, 6],
    ]);
  });

  it('takes what comes where the stated size is wrong', async () => {
    for (const size of ['2', '100']) {
      answer(() => inParts([[1, 2], [3], [4, 5, 6]], { 'content-length': size }));
      expect([...(await download(URL_, options))]).toEqual([1, 2, 3, 4, 5, 6]);
    }
  });

  it('says that a file is too large for the memory', async () => {
    answer(() => inParts([[1]], { 'content-length': String(2 ** 60) }));
    await expect(download(URL_, options)).rejects.toMatchObject({ code: 'out-of-memory' });
  });

  it('gives a file of the browser, with the same progress', async () => {
    answer(() => inParts([[1, 2], [3]], { 'content-length': '3' }));
    const steps: number[][] = [];
    const file = await downloadFile(URL_, { ...options, onProgress: (...step) => steps.push(step) });
    expect([...new Uint8Array(await file.arrayBuffer())]).toEqual([1, 2, 3]);
    expect(steps).toEqual([
      [0, 3],
      [2, 3],
      [3, 3],
    ]);
    answer(() => new Response('', { status: 404 }));
    await expect(downloadFile(URL_, options)).rejects.toMatchObject({ code: 'model-not-found' });
  });

  describe('where the policy of the page refuses the request', () => {
    const refusal = {
      code: 'model-not-found',
      message: expect.stringContaining('example.test: this page allows no requests to other sites') as string,
    };
    let refused: string;
    beforeEach(() => {
      refused = URL_;
      const target = new EventTarget();
      vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
      vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target));
      vi.stubGlobal('location', new URL('https://page.test/'));
      answer(() => {
        // The browser reports it in a task of its own.
        setTimeout(() =>
          target.dispatchEvent(
            Object.assign(new Event('securitypolicyviolation'), {
              blockedURI: refused,
              effectiveDirective: 'connect-src',
            }),
          ),
        );
        return Promise.reject(new TypeError('Failed to fetch'));
      });
    });

    it('says so', async () => {
      await expect(download(URL_, options)).rejects.toMatchObject(refusal);
    });

    it('names what its own host has to allow', async () => {
      const own = 'https://page.test/models/a.onnx';
      refused = own;
      await expect(download(own, options)).rejects.toMatchObject({
        code: 'model-not-found',
        message: expect.stringMatching(
          /does not allow \S+a\.onnx\..* connect-src must name 'self'\./,
        ) as string,
      });
    });

    it('knows it beforehand, for a worker that the policy does not reach', async () => {
      await expect(requirePermission(URL_, options)).rejects.toMatchObject(refusal);
      await expect(requirePermission('https://page.test/own', options)).resolves.toBeUndefined();
    });
  });

  it('is not even made where a tag of the page refuses it', async () => {
    vi.stubGlobal('location', new URL('https://page.test/'));
    const content = "default-src 'none'; connect-src 'self' blob: data:";
    vi.stubGlobal('document', { querySelectorAll: () => [{ content }] });
    const fetched = vi.fn(() => Promise.resolve(new Response('x')));
    vi.stubGlobal('fetch', fetched);
    const refusal = { data: { reason: 'page-allows-no-download', params: { host: 'example.test' } } };
    await expect(download(URL_, options)).rejects.toMatchObject(refusal);
    await expect(downloadFile(URL_, options)).rejects.toMatchObject(refusal);
    await expect(requirePermission(URL_, options)).rejects.toMatchObject(refusal);
    expect(fetched).not.toHaveBeenCalled();
    await download('https://page.test/own', options);
    expect(fetched).toHaveBeenCalledOnce();
  });

  it('of another site mentions the permission that it may lack', async () => {
    vi.stubGlobal('location', new URL('https://page.test/'));
    answer(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(download(URL_, options)).rejects.toThrow(/connection and that the other site.*CORS/);
    await expect(requirePermission(URL_, options)).resolves.toBeUndefined();
  });

  it('does not take the size of a compressed answer for the size of the file', async () => {
    answer(() => inParts([[1, 2, 3]], { 'content-length': '2', 'content-encoding': 'gzip' }));
    const steps: number[][] = [];
    await download(URL_, { ...options, onProgress: (...step) => steps.push(step) });
    expect(steps).toEqual([
      [0, 0],
      [3, 3],
    ]);
  });

  it.each([
    ['no network', () => Promise.reject(new TypeError('Failed to fetch')), 'offline', /Check the connection/],
    ['a 404', () => new Response('', { status: 404 }), 'model-not-found', /not found.*404/],
    ['a 503', () => new Response('', { status: 503 }), 'offline', /503/],
    [
      'a web page',
      () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
      'model-not-found',
      /web page/,
    ],
    [
      'a connection that breaks',
      () =>
        new Response(new ReadableStream({ pull: (controller) => controller.error(new TypeError('reset')) })),
      'offline',
      /Check the connection/,
    ],
  ])('turns %s into a sentence', async (_, response, code, message) => {
    answer(response);
    await expect(download(URL_, options)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  describe('from a server that stops sending', () => {
    /** It sends a byte whenever it is told to. */
    function slowly() {
      let send!: () => void;
      vi.stubGlobal('fetch', async (_: string, { signal }: RequestInit) => {
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            send = () => controller.enqueue(Uint8Array.of(1));
            signal!.addEventListener('abort', () => controller.error(signal!.reason));
          },
        });
        return new Response(body);
      });
      return () => send();
    }
    const stalled = {
      code: 'offline',
      message: expect.stringContaining(`nothing has come from ${URL_} for 30 seconds`) as string,
    };
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
    afterEach(() => void vi.useRealTimers());

    it('ends half a minute after the last byte', async () => {
      const send = slowly();
      const failure = expect(download(URL_, options)).rejects.toMatchObject(stalled);
      for (let byte = 0; byte < 5; byte++) {
        await vi.advanceTimersByTimeAsync(29_000);
        send();
      }
      await vi.advanceTimersByTimeAsync(30_000);
      await failure;
    });

    it('does not hold up the question whether the page allows it', async () => {
      vi.stubGlobal('location', new URL('https://page.test/'));
      vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
        return new Promise((_, reject) =>
          signal?.addEventListener('abort', () => reject(signal.reason as Error)),
        );
      });
      const asking = expect(requirePermission(URL_, options)).resolves.toBeUndefined();
      await vi.advanceTimersByTimeAsync(31_000);
      await asking;
    });

    it('ends when there is no answer at all', async () => {
      vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
        return new Promise((_, reject) =>
          signal!.addEventListener('abort', () => reject(signal!.reason as Error)),
        );
      });
      const failure = expect(downloadFile(URL_, options)).rejects.toMatchObject(stalled);
      await vi.advanceTimersByTimeAsync(30_000);
      await failure;
    });
  });

  it('can be cancelled', async () => {
    const controller = new AbortController();
    vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
      return new Promise((_, reject) =>
        signal!.addEventListener('abort', () => reject(signal!.reason as Error)),
      );
    });
    const pending = download(URL_, { ...options, signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toMatchObject({ code: 'cancelled' });
  });
});
