import { gzipSync } from 'node:zlib';
import { afterEach, expect, it, vi } from 'vitest';
import { downloadRuntime } from '../../../workers/runtime.js';

const BINARY = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 9, 9, 9);
const runtime = { wasm: 'https://page.test/assets/runtime.bin', mjs: '', bytes: 31 };

afterEach(() => vi.unstubAllGlobals());

/** Answers one request after the other. */
function serve(...answers: (Uint8Array | Response)[]) {
  const fetched = vi.fn(async (_url: string, _init: RequestInit) => {
    const next = answers.shift()!;
    return next instanceof Response ? next : new Response(Uint8Array.from(next));
  });
  vi.stubGlobal('fetch', fetched);
  return fetched;
}
const load = () => downloadRuntime(runtime, () => undefined);

it('inflates the binary, and takes one that is inflated already', async () => {
  serve(gzipSync(BINARY));
  expect(await load()).toEqual(BINARY);
  serve(BINARY);
  expect(await load()).toEqual(BINARY);
});

it('passes by a damaged copy of the browser’s own', async () => {
  const fetched = serve(gzipSync(BINARY).subarray(0, 20), gzipSync(BINARY));
  expect(await load()).toEqual(BINARY);
  expect(fetched.mock.calls.map(([, { cache }]) => cache)).toEqual(['default', 'reload']);
});

it.each([
  ['cut', gzipSync(BINARY).subarray(0, 20), /runtime\.bin has arrived incomplete or changed/],
  ['something else', new TextEncoder().encode('version https://git-lfs'), /incomplete or changed/],
  ['empty', new Uint8Array(), /incomplete or changed/],
  [
    'a web page',
    new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
    /web page at .*runtime\.bin/,
  ],
  ['missing', new Response('', { status: 404 }), /runtime\.bin \(the server answered 404\)/],
])('says where it is that is %s, and what to do', async (_, answer, message) => {
  serve(answer, answer instanceof Response ? answer.clone() : answer);
  await expect(load()).rejects.toMatchObject({
    code: 'assets-unavailable',
    message: expect.stringMatching(message) as string,
  });
  serve(answer instanceof Response ? new Response('', { status: 404 }) : answer, new Uint8Array());
  await expect(load()).rejects.toThrow(/Reload the page\. If that does not help, tell whoever runs it\./);
});
