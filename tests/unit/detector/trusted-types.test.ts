import { afterEach, beforeEach, describe, expect, it, vi, type Mock } from 'vitest';

const PAGE = 'https://page.test/';

/** The module anew, since it makes its policy once. */
async function load() {
  vi.resetModules();
  return import('../../../src/detector/trusted-types.js');
}

const passed = (kind: string, text: string) => ({ toString: () => text, kind });

beforeEach(() => {
  vi.stubGlobal('location', new URL(PAGE));
});
afterEach(() => vi.unstubAllGlobals());

describe('where a page has Trusted Types', () => {
  let createPolicy: Mock;

  beforeEach(() => {
    createPolicy = vi.fn((_name: string, rules: Record<string, (text: string) => string>) => ({
      createScriptURL: (url: string) => passed('url', rules['createScriptURL']!(url)),
    }));
    vi.stubGlobal('trustedTypes', { createPolicy });
  });

  it('addresses of its own origin pass our policy, which is made once', async () => {
    const { trustedScript, isPolicyRefused } = await load();
    expect(trustedScript(`${PAGE}assets/a.js`)).toMatchObject({ kind: 'url' });
    expect((trustedScript(`${PAGE}b.js`) as unknown as { kind: string }).kind).toBe('url');
    expect(createPolicy).toHaveBeenCalledExactlyOnceWith('defect-inspector', expect.anything());
    expect(isPolicyRefused()).toBe(false);
  });

  it('what is made in memory passes where its maker says so', async () => {
    const { trustedScript } = await load();
    expect(trustedScript(`blob:${PAGE}1`, true)).toMatchObject({ kind: 'url' });
  });

  it.each([
    ['of another origin', 'https://other.test/a.js'],
    ['in memory', `blob:${PAGE}1`],
    ['in itself', 'data:text/javascript,alert(1)'],
    ['that is a script', 'javascript:alert(1)'],
  ])('an address %s does not', async (_what, url) => {
    const { trustedScript } = await load();
    expect(() => trustedScript(url)).toThrow(expect.objectContaining({ code: 'assets-unavailable' }));
  });
});

it('where a page does not list our policy, that is known, and its own default policy decides', async () => {
  const createPolicy = () => {
    throw new TypeError('Policy disallowed.');
  };
  vi.stubGlobal('trustedTypes', { createPolicy });
  const { trustedScript, isPolicyRefused } = await load();
  expect(trustedScript(`${PAGE}a.js`)).toBe(`${PAGE}a.js`);
  expect(isPolicyRefused()).toBe(true);
});

it('where the browser knows of no Trusted Types, addresses stay text', async () => {
  const { trustedScript, isPolicyRefused } = await load();
  expect(trustedScript(`${PAGE}a.js`)).toBe(`${PAGE}a.js`);
  expect(() => trustedScript('https://other.test/a.js')).toThrow(/Trusted Types/);
  expect(isPolicyRefused()).toBe(false);
});
