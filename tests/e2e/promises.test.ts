/** What the page promises: nothing leaves the device, it works offline, without isolation, and inside other pages. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { serveSite } from '../../scripts/site.js';
import { defectRows, drop, photos, sample, untilKept } from './files.js';
import { useStage } from './harness.js';
import { ownModel } from './model-files.js';
import { expectPrivate } from './requests.js';

const stage = useStage();

test('no request is foreign, and none carries image data', async () => {
  const { page, requests } = await stage.open();
  const photo = await sample('ball-screw-pitting.jpg');
  await drop(page, [photo]);
  await photos(page).filter({ hasText: 'Done' }).waitFor({ timeout: 60_000 });
  await page.getByRole('slider', { name: 'Confidence' }).focus();
  await page.keyboard.press('Home');
  expect(requests.length).toBeGreaterThan(5);
  expectPrivate(requests, new URL(stage.site.url).origin);
});

test('the policy stops what the page itself would never do', async () => {
  const { page } = await stage.open();
  const outcome = await page.evaluate(async () => {
    const refused = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
        resolve(`${effectiveDirective} refused ${blockedURI}`),
      ),
    );
    const sent = fetch('https://example.com/', { method: 'POST', body: 'x', mode: 'no-cors' }).then(
      () => 'sent',
      // Whether the network or the policy has stopped it, the event alone says.
      () => refused,
    );
    const late = new Promise<string>((resolve) => setTimeout(resolve, 5000, 'nothing was refused'));
    return Promise.race([sent, late]);
  });
  expect(outcome).toBe('connect-src refused https://example.com/');
});

test('after one visit it reloads and works with the server gone', async () => {
  const own = await serveSite();
  const { page } = await stage.open({ url: own.url });
  await untilKept(page);
  await page
    .getByText('2 threads')
    .or(page.getByText('1 thread'))
    .or(page.getByText(/\d threads/))
    .first()
    .waitFor({ timeout: 60_000 });
  await own.close();
  await page.reload();
  await drop(page, [await sample()]);
  await defectRows(page).first().waitFor({ timeout: 60_000 });
});

test('a damaged copy of the page recovers by itself', async () => {
  const { page } = await stage.open();
  await untilKept(page);
  const damaged = await page.evaluate(async () => {
    const cache = await caches.open((await caches.keys()).find((name) => name.includes('precache'))!);
    const keys = (await cache.keys()).filter(({ url }) => /assets\/.*\.(js|bin)$/.test(url));
    for (const key of keys) {
      const { headers } = (await cache.match(key))!;
      await cache.put(key, new Response('export {', { headers }));
    }
    return keys.length;
  });
  expect(damaged).toBeGreaterThan(5);
  await page.reload();
  await drop(page, [await sample()]);
  await defectRows(page).first().waitFor({ timeout: 60_000 });
  // What was used is whole again.
  const whole = await page.evaluate(async () => {
    const scripts = [...document.querySelectorAll<HTMLScriptElement>('script[src]')].map(({ src }) => src);
    const kept = await Promise.all(scripts.map((src) => caches.match(src).then((one) => one?.text())));
    return kept.map((text) => text !== undefined && text.length > 1000);
  });
  expect(whole).toEqual([true]);
});

test('without isolation it runs on one thread and says so', async () => {
  const plain = await serveSite({ isolated: false });
  try {
    // A host without the headers, and a browser without service workers to add them.
    const context = await stage.browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.goto(plain.url);
    await drop(page, [await sample()]);
    await defectRows(page).first().waitFor({ timeout: 60_000 });
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    await page.getByText('1 thread', { exact: false }).first().waitFor();
    await context.close();
  } finally {
    await plain.close();
  }
});

test('where the host sends no headers, the service worker isolates the page', async () => {
  const plain = await serveSite({ isolated: false });
  try {
    const { page } = await stage.open({ url: plain.url });
    await expect
      .poll(() => page.evaluate(() => crossOriginIsolated).catch(() => false), { timeout: 60_000 })
      .toBe(true);
    // A page is isolated before its program runs.
    await page.getByRole('button', { name: 'Choose photos' }).waitFor();
    await drop(page, [await sample()]);
    await defectRows(page).first().waitFor({ timeout: 60_000 });
  } finally {
    await plain.close();
  }
});

test('the page reloads for isolation only while nobody has touched it: a dropped model stays', async () => {
  const plain = await serveSite({ isolated: false });
  try {
    const { page } = await stage.open({ url: plain.url });
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
    await drop(page, [await ownModel()]);
    const chip = page.getByRole('button', { name: 'Models' });
    await chip.filter({ hasText: 'castings-line-2' }).waitFor({ timeout: 60_000 });
    await untilKept(page);
    // Whatever would reload it has happened by then.
    await page.waitForTimeout(2000);
    expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true);
    await chip.filter({ hasText: 'castings-line-2' }).waitFor();
  } finally {
    await plain.close();
  }
});

test('the element works in a bare page', async () => {
  const { page, errors } = await stage.open({ url: `${stage.site.url}examples/plain.html` });
  const [input] = await page.locator('defect-inspector input[type=file]').all();
  await input!.setInputFiles([await sample()]);
  await page
    .locator('#summary')
    .filter({ hasText: /ball-screw-pitting\.jpg: [1-9]\d* defects/ })
    .waitFor({ timeout: 60_000 });
  expect(errors).toEqual([]);
});

test('the model on the page is the one in the catalogue', async () => {
  const { page } = await stage.open();
  const { models } = JSON.parse(await readFile('dist/models/catalogue.json', 'utf8')) as {
    models: { name: string; version: string; sha256: string }[];
  };
  const model = await page.evaluate(
    () =>
      new Promise<{ name: string; version: string; hash: string }>((resolve) => {
        const element = document.querySelector('defect-inspector')!;
        element.addEventListener('defect-model', ({ detail: { name, version, hash } }) =>
          resolve({ name, version, hash }),
        );
        element.setAttribute('threads', '1');
      }),
  );
  const { name, version, sha256 } = models[0]!;
  expect(model).toEqual({ name, version, hash: sha256 });
});
