/** A person's own model: brought along, remembered, renamed, deleted, and never in the way of the work. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENDLESS, workingModel } from '../corpus/models.js';
import { METADATA } from '../unit/model/onnx-builder.js';
import { findBrowser } from '../../scripts/browser.mjs';
import { serveSite } from '../../scripts/site.js';
import { defectRows, drop, photos, sample, type NamedFile } from './files.js';
import { useStage } from './harness.js';
import {
  classificationModel,
  failingModel,
  ownModel,
  textModel,
  truncatedModel,
  writeHugeModel,
} from './model-files.js';

const stage = useStage();

const chip = (page: Page): Locator => page.getByRole('button', { name: 'Models' });
const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Models' });
const notice = (page: Page): Locator => page.getByRole('status').filter({ hasText: /\w/ });
const models = (page: Page): Locator => dialog(page).getByRole('listitem');

/** Until the chip names that model. */
const inUse = (page: Page, name: string): Promise<void> =>
  chip(page).filter({ hasText: name }).waitFor({ timeout: 60_000 });

/** Names, versions and hashes of the models that made the results, as the exports have them. */
const recordedModels = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document
      .querySelector('defect-inspector')!
      .inspections.map(({ model }) => `${model.name} ${model.version} ${model.hash}`),
  );

/** Inspects a photo as a program does; gives the name of the model that did it. */
function inspectedBy(page: Page, { buffer }: NamedFile): Promise<string> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const pending = document.querySelector('defect-inspector')!.inspect(new Blob([bytes]));
    // The debugger's protocol drops a promise that nothing but itself refers to.
    Object.assign(globalThis, { pending });
    return (await pending).model.name;
  }, buffer.toString('base64'));
}

async function openDialog(page: Page): Promise<void> {
  await chip(page).click();
  await dialog(page).waitFor();
}

test('an own model is remembered, works without a network, and can be renamed and deleted', async () => {
  const own = await serveSite();
  const { page, errors } = await stage.open({ url: own.url });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await inUse(page, 'surface-defects');
  await drop(page, [await sample()]);
  await defectRows(page).first().waitFor({ timeout: 60_000 });

  await drop(page, [await ownModel()]);
  await inUse(page, 'castings-line-2');
  await chip(page).filter({ hasText: 'your model' }).waitFor();
  await page.getByRole('button', { name: 'Remember it' }).click();
  await page.getByRole('button', { name: 'Inspect again' }).click();
  await expect.poll(async () => (await recordedModels(page))[0]).toMatch(/^castings-line-2 /);
  await openDialog(page);
  await models(page).filter({ hasText: 'castings' }).getByText('In use').waitFor();
  await dialog(page)
    .getByText(/MB used on this device/)
    .waitFor();

  await own.close();
  await page.reload();
  await inUse(page, 'castings-line-2');
  await drop(page, [await sample()]);
  await defectRows(page).first().waitFor({ timeout: 60_000 });
  const [made] = await recordedModels(page);
  expect(made).toMatch(/^castings-line-2 \S+ [0-9a-f]{64}$/);

  await openDialog(page);
  await page.getByRole('button', { name: 'Rename castings' }).click();
  await page.getByRole('textbox', { name: 'New name of castings' }).fill('Line 2');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Delete Line 2' }).click();
  await dialog(page).getByText('Delete Line 2 from this device?').waitFor();
  await dialog(page).getByRole('button', { name: 'Delete', exact: true }).click();
  await dialog(page).getByText('None on this device').waitFor();
  await inUse(page, 'surface-defects');
  // What was found stays, and says by which model.
  expect(await recordedModels(page)).toEqual([made]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Inspect again' }).click();
  await expect.poll(async () => (await recordedModels(page))[0]).toMatch(/^surface-defects /);
  expect(errors.filter((text) => !/Failed to load resource|ERR_CONNECTION_REFUSED/.test(text))).toEqual([]);
});

test('?model= goes before the model that was chosen last', async () => {
  const { page, context } = await stage.open();
  await inUse(page, 'surface-defects');
  await drop(page, [await ownModel()]);
  await page.getByRole('button', { name: 'Remember it' }).click({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Remember it' }).waitFor({ state: 'detached' });
  const later = await context.newPage();
  await later.goto(`${stage.site.url}?model=surface-defects`);
  await inUse(later, 'surface-defects');
  await later.goto(stage.site.url);
  await inUse(later, 'castings-line-2');
});

test.each<[string, () => Promise<NamedFile> | NamedFile, RegExp]>([
  ['a truncated file', truncatedModel, /ends early or is damaged/],
  ['a classification model', () => classificationModel, /classification model/],
  ['a text file', () => textModel, /not an ONNX model/],
])('%s is refused with a sentence, and the shipped model goes on', async (_, file, sentence) => {
  const { page } = await stage.open();
  await drop(page, [await sample()]);
  await defectRows(page).first().waitFor({ timeout: 60_000 });
  await drop(page, [await file()]);
  await notice(page).filter({ hasText: sentence }).waitFor({ timeout: 60_000 });
  await notice(page).filter({ hasText: 'Instead, surface-defects' }).waitFor();
  await drop(page, [await sample('tile-cracks.jpg')]);
  await photos(page).filter({ hasText: 'Done' }).nth(1).waitFor({ timeout: 60_000 });
  expect(await recordedModels(page)).toHaveLength(2);
});

test('a model that fails on a photo gives way to the shipped one, which inspects that photo', async () => {
  const { page } = await stage.open();
  await drop(page, [failingModel()]);
  await inUse(page, 'brittle');
  const made = inspectedBy(page, await sample());
  await notice(page).filter({ hasText: 'brittle could not be run on a photo' }).waitFor({ timeout: 60_000 });
  expect(await made).toBe('surface-defects');
  await chip(page).filter({ hasText: 'in place of the chosen model' }).waitFor();
});

test('another model while a photo is inspected: the photo starts again, and its promise holds', async () => {
  const { page } = await stage.open();
  await inUse(page, 'surface-defects');
  const files = [await sample(), await ownModel()].map(({ buffer }) => buffer.toString('base64'));
  const made = await page.evaluate(async ([photo, model]) => {
    const bytes = (base64 = '') => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const inspector = document.querySelector('defect-inspector')!;
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes(model)], 'castings.onnx'));
    const pending = inspector.inspect(new Blob([bytes(photo)]));
    Object.assign(globalThis, { pending });
    const status = () => inspector.shadowRoot!.querySelector('defect-photo-status')?.sentence;
    while (status() !== 'Inspecting') await new Promise((resolve) => setTimeout(resolve, 2));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }));
    return (await pending).model.name;
  }, files);
  expect(made).toBe('castings-line-2');
});

test('thirty switches while photos are inspected lose none of them', async () => {
  const { page, errors } = await stage.open();
  await inUse(page, 'surface-defects');
  const photo = (await sample()).buffer.toString('base64');
  const names = ['first', 'second'];
  const models = names.map((name) => {
    const metadata = { 'defect-inspector': JSON.stringify({ ...METADATA, name }) };
    return Buffer.from(workingModel({}, { metadata })).toString('base64');
  });
  const made = await page.evaluate(
    async ({ photo, models }) => {
      const file = (base64: string, name: string) =>
        new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name);
      const inspector = document.querySelector('defect-inspector')!;
      const pending = Array.from({ length: 8 }, (_, i) => inspector.inspect(file(photo, `part ${i}.jpg`)));
      Object.assign(globalThis, { pending });
      for (let turn = 0; turn < 30; turn++) {
        inspector.run('model.file', { file: file(models[turn % 2]!, `model ${turn % 2}.onnx`) });
        // From at once to about as long as a worker takes to begin.
        await new Promise((resolve) => setTimeout(resolve, (turn * 37) % 300));
      }
      const settled = await Promise.allSettled(pending);
      return settled.map((one) => (one.status === 'fulfilled' ? one.value.model.name : String(one.reason)));
    },
    { photo, models },
  );
  expect(made).toHaveLength(8);
  expect(made.filter((name) => !names.includes(name))).toEqual([]);
  expect(errors).toEqual([]);
});

test.each(Object.entries(ENDLESS))(
  'a model that never ends (%s) gives way to the shipped one, which inspects the photos',
  async (name, make) => {
    const { page } = await stage.open({ url: `${stage.site.url}?time-limit=20` });
    await inUse(page, 'surface-defects');
    const buffer = Buffer.from(make());
    await drop(page, [{ name: `${name}.onnx`, mimeType: 'application/octet-stream', buffer }]);
    const made = inspectedBy(page, await sample());
    await notice(page)
      .filter({ hasText: /after 20 seconds, and was given up.*Instead, surface-defects is in use/ })
      .waitFor({ timeout: 100_000 });
    expect(await made).toBe('surface-defects');
  },
);

test('an address of another site is refused by the page, and says so; one of its own works', async () => {
  const { page } = await stage.open();
  await inUse(page, 'surface-defects');
  await openDialog(page);
  const address = page.getByRole('textbox', { name: 'Address of a model' });
  await address.fill('https://models.example.com/castings.onnx');
  await page.keyboard.press('Enter');
  await dialog(page).getByText('models.example.com: this page allows no requests to other sites').waitFor();
  await inUse(page, 'surface-defects');
  await address.fill('models/surface-defects.onnx');
  await page.keyboard.press('Enter');
  await models(page).filter({ hasText: 'until this page is closed' }).getByText('In use').waitFor();
});

test('?model= with a foreign address says the same, and falls back', async () => {
  const { page } = await stage.open({ url: `${stage.site.url}?model=https://models.example.com/a.onnx` });
  await notice(page)
    .filter({ hasText: 'models.example.com: this page allows no requests to other sites' })
    .waitFor({ timeout: 60_000 });
  await inUse(page, 'surface-defects');
});

test('where nothing can be stored a dropped model works, and the dialog says that it is not remembered', async () => {
  const context = await stage.browser.newContext({ serviceWorkers: 'block' });
  // As in a window that may store nothing.
  await context.addInitScript(() => Reflect.deleteProperty(globalThis, 'indexedDB'));
  const page = await context.newPage();
  await page.goto(stage.site.url);
  await drop(page, [await ownModel()]);
  await inUse(page, 'castings-line-2');
  await openDialog(page);
  await dialog(page).getByText('can’t be remembered here').waitFor();
  expect(await page.getByRole('button', { name: /^Remember/ }).count()).toBe(0);
  await context.close();
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'models-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a model of 300 MB neither freezes nor ends the page, and is remembered', async () => {
  const path = join(folder, 'huge.onnx');
  await writeHugeModel(path, 300);
  expect((await stat(path)).size).toBeGreaterThan(300e6);
  // A private window, as which tests open pages, has less room than that.
  const { executablePath, args } = await findBrowser();
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), { executablePath, args });
  const page = await context.newPage();
  await page.goto(stage.site.url);
  await inUse(page, 'surface-defects');
  // The longest time for which nothing else could run on the page's thread.
  await page.evaluate(() => {
    const state = globalThis as unknown as { longest: number };
    state.longest = 0;
    let last = performance.now();
    setInterval(() => {
      const now = performance.now();
      state.longest = Math.max(state.longest, now - last);
      last = now;
    }, 10);
  });
  await openDialog(page);
  await dialog(page).locator('input[type="file"]').setInputFiles(path);
  await inUse(page, 'castings-line-2');
  await page.getByRole('button', { name: 'Remember on this device' }).click();
  await models(page).filter({ hasText: 'added' }).getByText('In use').waitFor({ timeout: 60_000 });
  const longest = await page.evaluate(() => (globalThis as unknown as { longest: number }).longest);
  expect(longest).toBeLessThan(500);
  await page.reload();
  await inUse(page, 'castings-line-2');
  await drop(page, [await sample()]);
  await defectRows(page).first().waitFor({ timeout: 60_000 });
  await context.close();
});
