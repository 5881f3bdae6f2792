import { afterEach, expect, it, vi } from 'vitest';
import { pageRefuses } from '../../../src/model/page-policy.js';

afterEach(() => vi.unstubAllGlobals());

function inPage(...policies: readonly string[]) {
  vi.stubGlobal('location', new URL('https://page.test/'));
  vi.stubGlobal('document', { querySelectorAll: () => policies.map((content) => ({ content })) });
}

const FOREIGN = 'https://example.test/a.png';

it.each([
  ["default-src 'none'; connect-src 'self' blob: data:", true],
  ["default-src 'self'", true],
  ["connect-src 'none'", true],
  ['connect-src', true],
  ["connect-src 'self' https:", false],
  ['connect-src *', false],
  // Whether it is that host, the browser knows.
  ["connect-src 'self' https://*.example.test", false],
  ["script-src 'self'", false],
  ['', false],
])('a page with the policy "%s" refuses other origins: %s', (policy, isRefused) => {
  inPage(policy);
  expect(pageRefuses(FOREIGN)).toBe(isRefused);
});

it('each of several policies may refuse', () => {
  inPage('connect-src *', "connect-src 'self'");
  expect(pageRefuses(FOREIGN)).toBe(true);
});

it('a page may ask its own host by another scheme, and a page without a policy, and a worker, anybody', () => {
  inPage("connect-src 'self'");
  expect(pageRefuses('http://page.test/a.png')).toBe(false);
  inPage();
  expect(pageRefuses(FOREIGN)).toBe(false);
  vi.unstubAllGlobals();
  expect(pageRefuses(FOREIGN)).toBe(false);
});
