/** A host that gives files wrongly: it is said, nothing wrong is kept, and the visit after it is mended mends the page. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { useStage } from './harness.js';
import { inspectSample, visit } from './visits.js';

const stage = useStage();

interface Wrong {
  readonly path: RegExp;
  readonly type?: string;
  readonly body?: (file: Buffer) => Buffer | string;
  readonly headers?: Readonly<Record<string, string>>;
}

let wrong: Wrong | undefined;
let close: () => void;
let url: string;
let asked: string[];

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

beforeEach(async () => {
  wrong = undefined;
  asked = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').replace(/\?.*/, '').replace(/\/$/, '/index.html');
    asked.push(path);
    readFile(join('dist', path)).then(
      (file) => {
        const fault = wrong?.path.test(path) ? wrong : undefined;
        response.writeHead(200, {
          'content-type': fault?.type ?? TYPES[extname(path)] ?? 'application/octet-stream',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-embedder-policy': 'require-corp',
          ...fault?.headers,
        });
        response.end(fault?.body ? fault.body(file) : file);
      },
      () => response.writeHead(404).end('Not found'),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  url = `http://localhost:${(server.address() as AddressInfo).port}/`;
  close = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterEach(() => close());

/** The addresses that are kept. */
const keptFiles = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const lists = await Promise.all(
      (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
    );
    return lists.flat().map((request) => request.url);
  });
const isControlled = (page: Page) =>
  page.evaluate(() => navigator.serviceWorker.controller !== null).catch(() => false);
const notice = (page: Page) => page.getByRole('status').filter({ hasText: 'The host of this page' });

const EVALUATION = /assets\/evaluation-.*\.js$/;

test.each<[string, Wrong, RegExp]>([
  [
    'a script is a web page',
    { path: EVALUATION, type: 'text/html', body: () => '<!doctype html>' },
    /evaluation-\S+\.js is missing: the host answers with a web page/,
  ],
  [
    'a script is cut',
    { path: EVALUATION, body: (file) => file.subarray(0, 1000) },
    /evaluation-\S+\.js comes cut: 1000 of \d+ bytes/,
  ],
])('where %s, it is said, not kept, and kept at the next visit when it is mended', async (_, fault, said) => {
  wrong = fault;
  await visit(stage.browser, async (page) => {
    await page.goto(url);
    await notice(page).filter({ hasText: said }).waitFor({ timeout: 60_000 });
    // The page works as far as the host lets it.
    await inspectSample(page);
    expect(await isControlled(page)).toBe(false);
    expect((await keptFiles(page)).filter((file) => EVALUATION.test(file))).toEqual([]);
    wrong = undefined;
    await page.reload();
    await expect.poll(() => isControlled(page), { timeout: 60_000 }).toBe(true);
    await page.evaluate(() => document.querySelector('defect-inspector')!.run('evaluation.open'));
    await page.getByRole('dialog', { name: /Evaluat/ }).waitFor();
    expect(await notice(page).count()).toBe(0);
  });
});

test('a script under a wrong type is said, and kept under the right one', async () => {
  wrong = { path: EVALUATION, type: 'text/plain' };
  await visit(stage.browser, async (page) => {
    await page.goto(url);
    const said = /evaluation-\S+\.js comes as “text\/plain”; browsers want “text\/javascript”/;
    await notice(page).filter({ hasText: said }).waitFor({ timeout: 60_000 });
    await expect.poll(() => isControlled(page), { timeout: 60_000 }).toBe(true);
    await page.reload();
    await page.evaluate(() => customElements.whenDefined('defect-inspector').then(() => undefined));
    await page.evaluate(() => document.querySelector('defect-inspector')!.run('evaluation.open'));
    await page.getByRole('dialog', { name: /Evaluat/ }).waitFor();
  });
});

test('a copy that was kept under a wrong type, or damaged, is replaced at the next visit though nothing asks for it', async () => {
  await visit(stage.browser, async (page) => {
    await page.goto(url);
    await expect.poll(() => isControlled(page), { timeout: 60_000 }).toBe(true);
    const spoilt = await page.evaluate(async () => {
      const cache = await caches.open((await caches.keys()).find((name) => name.includes('precache'))!);
      const keys = (await cache.keys()).filter(({ url }) => /evaluation-.*\.js$/.test(url));
      const [first, second] = keys;
      const text = await (await cache.match(first!))!.text();
      await cache.put(first!, new Response(text, { headers: { 'content-type': 'text/plain' } }));
      await cache.put(second!, new Response('cut', { headers: { 'content-type': 'text/javascript' } }));
      return keys.map(({ url }) => url);
    });
    expect(spoilt).toHaveLength(2);
    await page.reload();
    const state = () =>
      page.evaluate(async (urls) => {
        const found = await Promise.all(urls.map((one) => caches.match(one)));
        return Promise.all(
          found.map(async (one) => [one!.headers.get('content-type'), (await one!.text()).length > 1000]),
        );
      }, spoilt);
    const whole = ['text/javascript', true];
    await expect.poll(state, { timeout: 60_000 }).toEqual([whole, whole]);
  });
});

test('a policy that broke the page does not stay with returning visitors once the host has mended it', async () => {
  wrong = { path: /./, headers: { 'content-security-policy': "script-src 'self'; worker-src 'self'" } };
  await visit(stage.browser, async (page) => {
    await page.goto(url);
    await page
      .getByText(/script-src must name 'wasm-unsafe-eval'/)
      .first()
      .waitFor({ timeout: 60_000 });
    await expect.poll(() => isControlled(page), { timeout: 60_000 }).toBe(true);
    wrong = undefined;
    await page.reload();
    // This visit still has what was kept; it mends that.
    const keptWithPolicy = () =>
      page.evaluate(async () => {
        const cache = await caches.open((await caches.keys()).find((name) => name.includes('precache'))!);
        const kept = await cache.matchAll();
        return kept.filter(({ headers }) => headers.has('content-security-policy')).length;
      });
    expect(await keptWithPolicy()).toBeGreaterThan(5);
    await expect.poll(keptWithPolicy, { timeout: 60_000 }).toBe(0);
    await page.reload();
    await inspectSample(page);
  });
});

test('a model that comes cut is refused, and loaded once that is mended', async () => {
  wrong = { path: /\.onnx$/, body: (file) => file.subarray(0, file.length / 2) };
  await visit(stage.browser, async (page) => {
    await page.goto(url);
    await page.getByRole('button', { name: 'Try again' }).waitFor({ timeout: 60_000 });
    wrong = undefined;
    await page.getByRole('button', { name: 'Try again' }).click();
    await inspectSample(page);
  });
});

test('pictures of samples are loaded when they are seen', async () => {
  await visit(
    stage.browser,
    async (page) => {
      const pictures = () => asked.filter((path) => /\/samples\/[^/]*\.jpg$/.test(path)).length;
      await page.goto(url);
      await page.getByRole('button', { name: 'Ball screw, pitting' }).waitFor();
      await page.waitForTimeout(1000);
      const before = pictures();
      expect(before).toBeLessThan(6);
      await page.getByRole('button', { name: 'Ball screw, free of defects' }).scrollIntoViewIfNeeded();
      await expect.poll(pictures).toBeGreaterThan(before);
    },
    { serviceWorkers: 'block', viewport: { width: 400, height: 500 } },
  );
});
