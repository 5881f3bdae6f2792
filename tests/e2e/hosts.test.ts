/** What can be wrong about the program's own files, and what the page then says: which file, why, and what to do. */
import { pathToFileURL } from 'node:url';
import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { NAME_SHIM } from '../../scripts/inspect-page.js';
import { defectRows, drop, sample } from './files.js';
import { useStage } from './harness.js';

const stage = useStage();

const WORKER = /assets\/inference-.*\.js$/;
const LOADER = /assets\/runtime-.*\.js$/;
const BINARY = /assets\/runtime-.*\.bin$/;

type Fault = (route: Route) => Promise<void>;

const missing: Fault = (route) => route.fulfill({ status: 404, body: 'Not found' });
const webPage: Fault = (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' });
const unreachable: Fault = (route) => route.abort('connectionrefused');
const ofNoKnownType: Fault = async (route) =>
  route.fulfill({ body: await whole(route), contentType: 'application/octet-stream' });
const cut: Fault = async (route) => {
  const body = await whole(route);
  await route.fulfill({ body: body.subarray(0, body.length / 2), contentType: 'text/javascript' });
};
const whole = async (route: Route): Promise<Buffer> => (await route.fetch()).body();

/** A page whose files go through the route, in a browser that keeps none. */
async function withRoute(file: RegExp, fault: Fault, work: (page: Page) => Promise<void>): Promise<void> {
  const context = await stage.browser.newContext({ serviceWorkers: 'block' });
  try {
    await context.route(file, fault);
    await context.addInitScript(NAME_SHIM);
    await context.addInitScript(listen);
    const page = await context.newPage();
    await work(page);
  } finally {
    await context.close();
  }
}

interface ElementError {
  readonly code: string;
  readonly message: string;
}

/** Runs in the page before its own scripts: keeps what the element reports. */
function listen(): void {
  const errors: ElementError[] = [];
  Object.assign(globalThis, { errors });
  const keep = (event: Event) => {
    const { error } = (event as CustomEvent<{ error: ElementError }>).detail;
    errors.push({ code: error.code, message: error.message });
  };
  document.addEventListener('defect-error', keep, { capture: true });
}

const errorsOf = (page: Page): Promise<ElementError[]> =>
  page.evaluate(() => (globalThis as unknown as { errors: ElementError[] }).errors);

test.each([
  ['the worker', 'missing', WORKER, missing, 'assets-unavailable', /inference-\S+\.js .*answered 404/],
  ['the worker', 'a web page', WORKER, webPage, 'assets-unavailable', /web page at \S+inference-/],
  [
    'the worker',
    'of a wrong type',
    WORKER,
    ofNoKnownType,
    'assets-unavailable',
    /inference-\S+ is “application/,
  ],
  ['the worker', 'cut', WORKER, cut, 'assets-unavailable', /inference-\S+ has arrived incomplete/],
  ['the worker', 'out of reach', WORKER, unreachable, 'offline', /inference-.*Check the connection/],
  ['the loader', 'missing', LOADER, missing, 'assets-unavailable', /runtime-\S+\.js .*answered 404/],
  [
    'the loader',
    'of a wrong type',
    LOADER,
    ofNoKnownType,
    'assets-unavailable',
    /runtime-\S+\.js is “application/,
  ],
  ['the binary', 'missing', BINARY, missing, 'assets-unavailable', /runtime-\S+\.bin .*answered 404/],
  ['the binary', 'a web page', BINARY, webPage, 'assets-unavailable', /web page at \S+\.bin/],
  ['the binary', 'cut', BINARY, cut, 'assets-unavailable', /\.bin has arrived incomplete/],
])('%s is %s', async (_what, _how, file, fault, code, message) => {
  await withRoute(file, fault, async (page) => {
    await page.goto(stage.site.url);
    await expect
      .poll(() => errorsOf(page))
      .toEqual([{ code, message: expect.stringMatching(message) as string }]);
  });
});

const CATALOGUE = /models\/catalogue\.json$/;
const MODEL = /models\/[\w-]+\.onnx$/;
const answer =
  (body: string | Buffer): Fault =>
  (route) =>
    route.fulfill({ contentType: 'application/octet-stream', body });
const entry = (change: object) => JSON.stringify({ models: [{ ...ENTRY, ...change }] });
const ENTRY = { name: 'a', version: '1', file: 'a.onnx', bytes: 100, sha256: 'a'.repeat(64) };

test.each([
  ['a list that is missing', CATALOGUE, missing, 'model-not-found'],
  ['a list that is a web page', CATALOGUE, webPage, 'model-not-found'],
  ['a list out of reach', CATALOGUE, unreachable, 'offline'],
  ['a list that is no JSON', CATALOGUE, answer('{"models": ['), 'model-not-found'],
  ['a list that is null', CATALOGUE, answer('null'), 'model-not-found'],
  ['an empty list', CATALOGUE, answer('{"models": []}'), 'model-not-found'],
  ['a list of nothing', CATALOGUE, answer('{"models": [null]}'), 'model-not-found'],
  ['a model of 1e300 bytes', CATALOGUE, answer(entry({ bytes: 1e300 })), 'model-not-found'],
  ['a model without a hash', CATALOGUE, answer(entry({ sha256: '' })), 'model-not-found'],
  ['a list of a missing model', CATALOGUE, answer(entry({})), 'model-not-found'],
  ['a model that is missing', MODEL, missing, 'model-not-found'],
  ['a model that is a web page', MODEL, webPage, 'model-not-found'],
  ['a model out of reach', MODEL, unreachable, 'offline'],
  ['an empty model', MODEL, answer(''), 'model-corrupt'],
  ['another model than promised', MODEL, answer('x'.repeat(1000)), 'model-corrupt'],
  ['a Git LFS pointer', MODEL, answer('version https://git-lfs.github.com/spec/v1\n'), 'model-corrupt'],
])('%s ends loading for good, and says why', async (_what, file, fault, code) => {
  await withRoute(file, fault, async (page) => {
    await page.goto(stage.site.url);
    await expect.poll(() => errorsOf(page)).toMatchObject([{ code }]);
    const again = page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    // The runtime, which was on its way all the time, still reports how far it has come.
    await page.waitForTimeout(1500);
    expect(await again.count()).toBe(1);
    expect(await page.getByRole('progressbar').count()).toBe(0);
    expect(await errorsOf(page)).toHaveLength(1);
  });
});

test('what never answers is given up, and says so', async () => {
  const stalled: Fault = () => new Promise(() => undefined);
  const ends = [CATALOGUE, MODEL, BINARY, WORKER].map((file) =>
    withRoute(file, stalled, async (page) => {
      await page.goto(stage.site.url);
      await page.getByRole('button', { name: 'Try again' }).waitFor({ timeout: 110_000 });
      await page
        .getByText(/nothing has come from|has not answered for 30 seconds/)
        .first()
        .waitFor();
    }),
  );
  await Promise.all(ends);
});

test('a worker that ends without a word is replaced, and the photo is inspected', async () => {
  let workers = 0;
  const silent: Fault = async (route) => {
    const isFirst = workers++ === 0;
    const ending = `addEventListener('message', ({ data }) => { if (String(data?.path) === 'run') self.close(); });`;
    const response = await route.fetch();
    await route.fulfill({ response, body: `${isFirst ? ending : ''}${await response.text()}` });
  };
  await withRoute(WORKER, silent, async (page) => {
    await page.goto(stage.site.url);
    await drop(page, [await sample()]);
    await defectRows(page).first().waitFor({ timeout: 60_000 });
    expect(workers).toBe(2);
  });
});

test('a worker that the browser blocks while it makes a thread is replaced', async () => {
  let workers = 0;
  const block: Fault = async (route) => {
    const isFirst = workers++ === 0;
    const blocking = 'Worker = class { constructor() { for (;;); } };';
    const body = `${isFirst ? blocking : ''}${String(await whole(route))}`;
    await route.fulfill({ body, contentType: 'text/javascript', headers: (await route.fetch()).headers() });
  };
  await withRoute(WORKER, block, async (page) => {
    await page.goto(stage.site.url);
    await drop(page, [await sample()]);
    await defectRows(page).first().waitFor({ timeout: 60_000 });
    expect(workers).toBe(2);
  });
});

/** A policy that a host sends with everything, and that lacks something. */
const underPolicy = (policy: string, work: (page: Page) => Promise<void>): Promise<void> =>
  withRoute(
    /.*/,
    async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), 'content-security-policy': policy };
      await route.fulfill({ response, headers });
    },
    work,
  );

test.each([
  ['worker-src', "script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'", /worker-src must name 'self'/],
  ['WebAssembly', "script-src 'self'", /script-src must name 'wasm-unsafe-eval'/],
  ['connect-src', "connect-src 'none'", /connect-src must name 'self'/],
])('a host’s policy that lacks %s is named, with what it must say', async (_, policy, message) => {
  await underPolicy(policy, async (page) => {
    await page.goto(stage.site.url);
    await expect.poll(() => errorsOf(page).then((errors) => errors[0]?.message)).toMatch(message);
    // Where a person sees it.
    await page.getByText(message).first().waitFor();
  });
});

test('opened from a disk, the page says at once what to do', async () => {
  const context = await stage.browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(pathToFileURL('dist/index.html').href);
    await page.getByText('Defect Inspector has not started').waitFor({ timeout: 2000 });
    await page
      .getByText(/browsers run no such page from a disk.*npx serve.*python3 -m http\.server/)
      .waitFor();
  } finally {
    await context.close();
  }
});

test('where its scripts don’t run, the page says so after a while, and what to ask the host', async () => {
  await withRoute(/assets\/index-.*\.js$/, ofNoKnownType, async (page) => {
    await page.goto(stage.site.url);
    const sentence = page.getByText(/the host must give every file, and call scripts “text\/javascript”/);
    // While it may still be on its way, nothing is said.
    expect(await sentence.isVisible()).toBe(false);
    await sentence.waitFor({ timeout: 15_000 });
  });
});
