/** What earlier versions have stored is there, and in use, when this one is opened in their place. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { NAME_SHIM } from '../../scripts/inspect-page.js';
import { useStage } from './harness.js';
import { ownModel } from './model-files.js';

const stage = useStage();

const OLD_CACHES = ['defect-inspector-models', 'defect-inspector-own-models'];

/** Stores the shipped model, an own one, its choice, thresholds and usage as version 0.3 did. Gives the own one's hash. */
async function storeAsBefore(page: Page): Promise<string> {
  const { buffer } = await ownModel();
  return page.evaluate(async (base64) => {
    const base = 'https://defect-inspector.invalid/';
    const fetched = await caches.open('defect-inspector-models');
    const put = async (key: string, bytes: Uint8Array<ArrayBuffer>) => {
      const headers = { 'content-type': 'application/octet-stream', 'content-length': String(bytes.length) };
      await fetched.put(base + encodeURIComponent(key), new Response(bytes, { headers }));
    };
    const load = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
    const catalogue = new URL('models/catalogue.json', location.href).href;
    const json = await load(catalogue);
    const { models } = JSON.parse(new TextDecoder().decode(json)) as {
      models: { file: string; sha256: string }[];
    };
    await put(`catalogue:${catalogue}`, json);
    await put(models[0]!.sha256, await load(new URL(models[0]!.file, catalogue).href));

    const file = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', file));
    const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    const own = await caches.open('defect-inspector-own-models');
    const model = { hash, name: 'Line 2', bytes: file.length, added: '2026-01-02T03:04:05.000Z' };
    await own.put(`${base}own/files/${hash}`, new Response(new Blob([file])));
    await own.put(`${base}own/models/${hash}`, Response.json(model));
    await own.put(`${base}own/choice`, Response.json({ kind: 'remembered', hash }));

    localStorage.setItem('defect-inspector:thresholds', JSON.stringify({ [hash]: { 1: 0.35 } }));
    const time = { decode: 41, resample: 82, infer: 41_000, post: 410, total: 42_000 };
    const usage = { since: '2026-01-02', photos: 41, time, errors: { offline: 3 } };
    localStorage.setItem('defect-inspector:usage', JSON.stringify(usage));
    return hash;
  }, buffer.toString('base64'));
}

const ownThresholds = (page: Page) =>
  page.evaluate(() => document.querySelector('defect-inspector')!.ownThresholds);

test('models, the choice, thresholds and usage of an earlier version are carried over, and its storage is empty', async () => {
  const context = await stage.browser.newContext();
  await context.addInitScript(NAME_SHIM);
  const page = await context.newPage();
  // Of the same site, and without a program that would carry anything over yet.
  await page.goto(`${stage.site.url}icon.svg`);
  const hash = await storeAsBefore(page);

  const fetched: string[] = [];
  context.on('request', (request) => fetched.push(request.url()));
  for (const visit of ['the first', 'a later']) {
    await page.goto(stage.site.url);
    const chip = page.getByRole('button', { name: 'Models' });
    await chip.filter({ hasText: 'castings-line-2' }).waitFor({ timeout: 60_000 });
    await expect.poll(() => ownThresholds(page), { message: visit }).toEqual({ [hash]: { 1: 0.35 } });
    await page.getByRole('button', { name: 'Usage' }).click();
    const usage = page.getByRole('dialog', { name: 'Usage on this device' });
    await usage.getByRole('row', { name: 'Photos inspected 41' }).waitFor();
    await usage.getByRole('row', { name: 'offline 3' }).waitFor();
    await usage.getByRole('row', { name: 'Run the network 1000 ms' }).waitFor();
    await page.keyboard.press('Escape');
    await chip.click();
    const models = page.getByRole('dialog', { name: 'Models' });
    await models.getByRole('listitem').filter({ hasText: 'Line 2' }).getByText('In use').waitFor();
  }

  // The shipped model comes from what was stored, too.
  await page.goto(`${stage.site.url}?model=surface-defects`);
  await page
    .getByRole('button', { name: 'Models' })
    .filter({ hasText: 'surface-defects' })
    .waitFor({ timeout: 60_000 });
  expect(fetched.filter((url) => url.endsWith('.onnx'))).toEqual([]);

  const left = await page.evaluate(async (names) => {
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return [...all.flat().map(({ url }) => url), ...Object.keys(localStorage)];
  }, OLD_CACHES);
  expect(left.filter((name) => name.startsWith('defect-inspector:') || name.includes('.invalid/'))).toEqual(
    [],
  );
  await context.close();
});
