/** New versions of the page: noticed, said, taken at a person's word, and never at the cost of what is open. */
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterEach, expect, test } from 'vitest';
import { serveSite, type Site } from '../../scripts/site.js';
import { defectRows, drop, sample, untilKept } from './files.js';
import { useStage } from './harness.js';

const stage = useStage();
const TEXT = /\.(js|mjs|html)$/;
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** Puts the built page into the folder as if it were another version: every part has another name, and the service worker says so. */
async function deploy(folder: string, version: string): Promise<void> {
  const next = `${folder}.next`;
  await cp('dist', next, { recursive: true });
  const assets = join(next, 'assets');
  const parts = (await readdir(assets)).filter((name) => TEXT.test(name));
  const renamed = new Map(parts.map((name) => [name, name.replace(/(\.m?js)$/, `-${version}$1`)]));
  for (const [from, to] of renamed) await rename(join(assets, from), join(assets, to));
  const files = [...renamed.values()].map((name) => join('assets', name));
  const changed = new Map<string, Buffer>();
  for (const file of [...files, 'index.html', 'defect-inspector.js']) {
    const path = join(next, file);
    const before = await readFile(path, 'utf8');
    let text = before;
    for (const [from, to] of renamed) text = text.replaceAll(from, to);
    changed.set(sha256(before), Buffer.from(text));
    await writeFile(path, text);
  }
  const worker = join(next, 'service-worker.js');
  let text = await readFile(worker, 'utf8');
  for (const [from, to] of renamed) text = text.replaceAll(from, to);
  // Its list of the build's files.
  text = text.replaceAll(/"bytes":\d+,"revision":null,"sha256":"(\w+)"/g, (listed, hash: string) => {
    const bytes = changed.get(hash);
    return bytes ? `"bytes":${bytes.length},"revision":null,"sha256":"${sha256(bytes)}"` : listed;
  });
  expect(text).toMatch(VERSION);
  await writeFile(worker, text.replace(VERSION, `$1${version}$1`));
  await rm(folder, { recursive: true, force: true });
  await rename(next, folder);
}

/** What package.json says, and perhaps of which commit. */
const VERSION = /(["'`])\d+\.\d+\.\d+(?:\+[0-9a-f]+)?\1/;

const sites: Site[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.close()));
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

async function serve(version: string): Promise<{ url: string; folder: string }> {
  const folder = join(await mkdtemp(join(tmpdir(), 'versions-')), 'site');
  folders.push(folder);
  await deploy(folder, version);
  const site = await serveSite({ root: folder });
  sites.push(site);
  return { url: site.url, folder };
}

/** As the page does when it is looked at again. */
const lookAgain = (page: Page): Promise<void> =>
  page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')));

/** The names of the page's own scripts say which version it is of. */
const versionOf = (page: Page): Promise<string> =>
  page.evaluate(
    () => document.querySelector<HTMLScriptElement>('script[src]')!.src.match(/-(v\d)\.js$/)?.[1] ?? '',
  );

test('a new version is said, taken at a person’s word, and the next one, and the former one again', async () => {
  const { url, folder } = await serve('v1');
  const { page, errors } = await stage.open({ url });
  await untilKept(page);
  await page.reload();
  expect(await versionOf(page)).toBe('v1');
  for (const version of ['v2', 'v3', 'v1']) {
    await drop(page, [await sample()]);
    await defectRows(page).first().waitFor({ timeout: 60_000 });
    await deploy(folder, version);
    await lookAgain(page);
    const notice = page.getByRole('status').filter({ hasText: `Version ${version} is ready` });
    await notice.waitFor({ timeout: 30_000 });
    // Nothing is taken from whoever is at work.
    expect(await defectRows(page).count()).toBeGreaterThan(0);
    page.once('dialog', (dialog) => dialog.accept());
    await Promise.all([page.waitForEvent('load'), notice.getByRole('button', { name: 'Reload' }).click()]);
    await expect.poll(() => versionOf(page)).toBe(version);
  }
  expect(errors).toEqual([]);
});

test('a page that nobody has touched takes it at once', async () => {
  const { url, folder } = await serve('v1');
  const { page } = await stage.open({ url });
  await untilKept(page);
  await page.reload();
  await deploy(folder, 'v2');
  await lookAgain(page);
  await expect.poll(() => versionOf(page), { timeout: 30_000 }).toBe('v2');
});

test('an open page of the former version keeps working with its own parts, also without a network', async () => {
  const { url, folder } = await serve('v1');
  const { page: old, context } = await stage.open({ url });
  await untilKept(old);
  await drop(old, [await sample()]);
  await defectRows(old).first().waitFor({ timeout: 60_000 });
  await deploy(folder, 'v2');
  const other = await context.newPage();
  await other.goto(url);
  await expect.poll(() => versionOf(other), { timeout: 30_000 }).toBe('v2');
  await old.getByRole('status').filter({ hasText: 'Version v2 is in use in another window' }).waitFor();
  await context.setOffline(true);
  // Neither the host nor the new version has this part.
  await old.evaluate(() => document.querySelector('defect-inspector')!.run('dialog.models'));
  await old.getByRole('dialog', { name: /Models/ }).waitFor();
  expect(await versionOf(old)).toBe('v1');
  expect(await defectRows(old).count()).toBeGreaterThan(0);
  await context.setOffline(false);
  await other.close();
  // Also as the only page, and where it starts just now, it keeps its parts: it is none of the version that answers.
  await old.evaluate(() => {
    const { src: part } = document.querySelector<HTMLScriptElement>('script[src]')!;
    navigator.serviceWorker.controller!.postMessage({ type: 'PAGE_STARTED', part });
  });
  await old.waitForTimeout(1000);
  expect(await formerParts(old)).toBeGreaterThan(5);
  await old.getByRole('button', { name: 'Close' }).first().click();
  old.once('dialog', (dialog) => dialog.accept());
  await Promise.all([old.waitForEvent('load'), old.getByRole('button', { name: 'Reload' }).click()]);
  expect(await versionOf(old)).toBe('v2');
  await expect.poll(() => formerParts(old)).toBe(0);
});

/** How many parts of v1 are kept. */
const formerParts = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return keys.flat().filter(({ url }) => url.endsWith('-v1.js')).length;
  });

test('the page can be installed, and opens what is opened with it', async () => {
  const { page, context } = await stage.open({
    initScript: () => {
      const launchQueue = { setConsumer: (consumer: unknown) => Object.assign(globalThis, { consumer }) };
      Object.defineProperty(globalThis, 'launchQueue', { value: launchQueue });
    },
  });
  await untilKept(page);
  const cdp = await context.newCDPSession(page);
  const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
  // What a window of no person's profile can't have.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  const { errors, data } = await cdp.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  // Pictures of the page are what the manifest says, for a wide and for a narrow screen.
  const { screenshots } = JSON.parse(data ?? '') as {
    screenshots: { src: string; sizes: string; type: string; form_factor: string }[];
  };
  expect(screenshots.map(({ form_factor: form }) => form)).toEqual(['wide', 'narrow']);
  for (const { src, sizes, type } of screenshots) {
    const { width, height, format } = await sharp(join('dist', src)).metadata();
    expect([`${width}x${height}`, `image/${format}`]).toEqual([sizes, type]);
  }
  const bytes = (await sample()).buffer.toString('base64');
  await page.evaluate(async (base64) => {
    const blob = await (await fetch(`data:image/jpeg;base64,${base64}`)).blob();
    const { consumer } = globalThis as unknown as { consumer: (params: object) => void };
    consumer({ files: [{ getFile: async () => new File([blob], 'opened.jpg') }] });
  }, bytes);
  await page.getByText('opened.jpg').first().waitFor();
  await defectRows(page).first().waitFor({ timeout: 60_000 });
});
