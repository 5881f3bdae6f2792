import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchScript } from '../../../src/model/program.js';

const URL_ = 'https://page.test/assets/inference.js';

let target: EventTarget;

beforeEach(() => {
  target = new EventTarget();
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
  vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target));
  vi.stubGlobal('location', new URL('https://page.test/'));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const answer = (body: string, status: number, type?: string) => () =>
  Promise.resolve(
    new Response(body, { status, headers: type === undefined ? {} : { 'content-type': type } }),
  );
const refuse = (blockedURI: string) =>
  target.dispatchEvent(
    Object.assign(new Event('securitypolicyviolation'), { blockedURI, effectiveDirective: 'worker-src' }),
  );

describe('a script that the browser could not run', () => {
  it.each([
    ['missing', answer('Not found', 404), 'assets-unavailable', /inference\.js \(the server answered 404\)/],
    [
      'a web page',
      answer('<!doctype html>', 200, 'text/html'),
      'assets-unavailable',
      /web page at .*inference\.js/,
    ],
    [
      'of a wrong type',
      answer('1', 200, 'application/octet-stream'),
      'assets-unavailable',
      /inference\.js is “application\/octet-stream”/,
    ],
    ['on a failing server', answer('', 503), 'offline', /answered 503/],
    [
      'out of reach',
      () => Promise.reject(new TypeError('Failed to fetch')),
      'offline',
      /Check the connection/,
    ],
  ])('because it is %s is explained, with its address and what to do', async (_, network, code, message) => {
    vi.stubGlobal('fetch', network);
    await expect(watchScript(URL_).explain()).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  it.each([
    ['itself', URL_, URL_, "'self'"],
    ['of another site', 'https://other.test/a.js', 'https://other.test', 'https://other.test'],
    ['that imports it', 'blob:https://page.test/1a2b', 'blob', 'blob:'],
  ])('because the policy forbids the address %s is explained', async (_, address, blockedURI, source) => {
    vi.stubGlobal('fetch', answer('1', 200, 'text/javascript'));
    const watch = watchScript(URL_, address);
    refuse(blockedURI);
    await expect(watch.explain()).rejects.toMatchObject({
      code: 'assets-unavailable',
      message: expect.stringContaining(
        `(Content-Security-Policy) does not allow ${address}. Tell whoever runs it: worker-src must name ${source}.`,
      ) as string,
    });
  });

  it('because a part of it is lacking is explained', async () => {
    vi.stubGlobal('fetch', answer('{', 200, 'text/javascript'));
    await expect(watchScript(URL_).explain('Uncaught SyntaxError: Unexpected end')).rejects.toMatchObject({
      code: 'assets-unavailable',
      message: expect.stringContaining('incomplete or changed') as string,
    });
  });

  it('for another reason is not to blame', async () => {
    vi.stubGlobal('fetch', answer('1', 200, 'application/javascript; charset=utf-8'));
    await expect(watchScript(URL_).explain('Uncaught Error: no')).resolves.toBeUndefined();
  });
});
