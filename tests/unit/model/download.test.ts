import { afterEach, describe, expect, it, vi } from 'vitest';
import { download } from '../../../src/model/download.js';

const URL_ = 'https://example.test/file';
const options = { what: 'The model', missing: 'model-not-found' } as const;
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
      message: expect.stringMatching(message),
    });
  });

  it('can be cancelled', async () => {
    const controller = new AbortController();
    vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
      return new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason)));
    });
    const pending = download(URL_, { ...options, signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toMatchObject({ code: 'cancelled' });
  });
});
