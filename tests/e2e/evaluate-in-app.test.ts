/**
 * Evaluation on annotated photos, in the built page. The truth is what the model itself reports on the samples, so that
 * every format must lead to perfect figures.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sirv from 'sirv';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildZip, type ZipInput } from '../unit/datasets/zip-builder.js';
import { defectRows, drop, photos, sample, type NamedFile } from './files.js';
import { useStage } from './harness.js';
import { ownModel } from './model-files.js';

const stage = useStage();

const DEFECTIVE = ['ball-screw-pitting.jpg', 'tile-cracks.jpg'];
const GOOD = 'ball-screw-clean.jpg';

/** A defect as the model outlines it: its largest ring, in pixels. */
interface Outlined {
  readonly name: string;
  readonly ring: readonly number[];
}
interface Photo {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly defects: readonly Outlined[];
}

let folder: string;
let truth: readonly Photo[];
/** What the page itself exports: exact masks. */
let coco: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evaluation-'));
  const { page } = await stage.open();
  await drop(page, await Promise.all([...DEFECTIVE, GOOD].map((file) => sample(file))));
  await photos(page).filter({ hasText: 'Done' }).nth(2).waitFor({ timeout: 60_000 });
  const made = await page.evaluate(async () => {
    const inspector = document.querySelector('defect-inspector')!;
    const exported = JSON.parse(await (await inspector.export('coco')).text());
    return {
      exported,
      photos: inspector.inspections.map(({ image, detections, model }) => ({
        file: image.name,
        width: image.width,
        height: image.height,
        defects: detections
          .filter(({ classId, score }) => score >= model.classes.find(({ id }) => id === classId)!.threshold!)
          .map(({ className, contours }) => ({
            name: className,
            ring: Array.from(contours.reduce((a, b) => (b.length > a.length ? b : a))),
          })),
      })),
    };
  });
  truth = made.photos;
  coco = JSON.stringify(made.exported);
});
afterAll(() => rm(folder, { recursive: true }));

async function image(file: string): Promise<Buffer> {
  return readFile(join('public/samples', file));
}

async function writeFolder(name: string, files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const root = join(folder, name);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

const classNames = (): string[] => [
  ...new Set(truth.flatMap(({ defects }) => defects.map(({ name }) => name))),
];
const defectCount = (): number => truth.reduce((sum, { defects }) => sum + defects.length, 0);

const zip = (name: string, files: readonly ZipInput[]): NamedFile => ({
  name,
  mimeType: 'application/zip',
  buffer: Buffer.from(buildZip([...files])),
});

async function cocoZip(): Promise<NamedFile> {
  const files: ZipInput[] = [{ name: 'set/annotations.json', data: coco }];
  for (const { file } of truth) {
    files.push({ name: `set/images/${file}`, data: await image(file), isStored: true });
  }
  return zip('line-2.zip', files);
}

/** One photo under two names: with its defects, and as if it were a good part. */
async function twins(): Promise<NamedFile> {
  const [file] = DEFECTIVE;
  const { images, annotations, ...rest } = JSON.parse(coco);
  const marked = images.find((one: { file_name: string }) => one.file_name === file);
  const json = {
    ...rest,
    images: [marked, { ...marked, id: 1000, file_name: 'unmarked.jpg' }],
    annotations: annotations.filter((one: { image_id: number }) => one.image_id === marked.id),
  };
  const photo = await image(file!);
  return zip('twins.zip', [
    { name: 'twins.json', data: JSON.stringify(json) },
    { name: file!, data: photo, isStored: true },
    { name: 'unmarked.jpg', data: photo, isStored: true },
  ]);
}

async function labelMeFolder(
  root = 'labelme',
  others: Readonly<Record<string, Buffer>> = {},
): Promise<string> {
  const files: Record<string, string | Buffer> = { ...others };
  for (const { file, width, height, defects } of truth) {
    files[file] = await image(file);
    if (defects.length === 0) continue;
    const shapes = defects.map(({ name, ring }) => ({
      label: name.toUpperCase(),
      shape_type: 'polygon',
      points: Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i], ring[2 * i + 1]]),
    }));
    const json = { shapes, imagePath: file, imageWidth: width, imageHeight: height };
    files[file.replace('.jpg', '.json')] = JSON.stringify(json);
  }
  return writeFolder(root, files);
}

async function yoloFolder(): Promise<string> {
  const names = classNames();
  const files: Record<string, string | Buffer> = {
    'data.yaml': `names:\n${names.map((name, i) => `  ${i}: ${name}`).join('\n')}\n`,
    'labels/lost.txt': '',
  };
  for (const { file, width, height, defects } of truth) {
    files[`images/${file}`] = await image(file);
    files[`labels/${file.replace('.jpg', '.txt')}`] = defects
      .map(({ name, ring }) =>
        [names.indexOf(name), ...ring.map((value, i) => value / (i % 2 ? height : width))].join(' '),
      )
      .join('\n');
  }
  return writeFolder('yolo', files);
}

const evaluation = (page: Page): Locator => page.getByRole('dialog', { name: 'Evaluation' });
/** The value and what it is made of. */
const tile = (page: Page, title: string): Locator =>
  page.locator('defect-evaluation-figures .tile').filter({ hasText: title });

async function openFolder(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Evaluate' }).click();
  await page.locator('defect-evaluation-intake #folder').setInputFiles(path);
}

async function inspectAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Inspect \d+ photos$/ }).click();
  await evaluation(page).getByText('The figures are ready').waitFor({ state: 'attached', timeout: 60_000 });
}

async function expectPerfect(page: Page): Promise<void> {
  await tile(page, 'AP50').getByText('1.000', { exact: true }).waitFor();
  expect(await tile(page, 'Escape rate').innerText()).toContain('0 of 2 defective parts');
  expect(await tile(page, 'Overkill').innerText()).toContain('0 of 1 good part');
  await page
    .getByRole('button', { name: /^\d+: Found/ })
    .first()
    .waitFor();
}

/** What a button saves. */
async function saved(page: Page, button: string): Promise<{ name: string; text: string }> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: button, exact: true }).click();
  const download = await downloading;
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

test('a ZIP in COCO format: figures, the photos behind them, and a report of them', async () => {
  const { page, errors, requests } = await stage.open();
  await drop(page, [await cocoZip()]);
  await evaluation(page).getByText('line-2.zip · COCO · 3 photos').waitFor();
  await inspectAll(page);
  await expectPerfect(page);

  const gallery = page.locator('defect-case-gallery');
  const cases = gallery.getByRole('listitem');
  const cell = page.getByRole('button', { name: /^\d+: Found/ }).first();
  const [, count, title] = /^(\d+): (.*)$/.exec((await cell.getAttribute('aria-label'))!)!;
  await cell.click();
  await gallery.getByRole('heading', { name: `${title} ${count}` }).waitFor();
  expect(await cases.count()).toBe(Number(count));

  await page.locator('label', { hasText: /^Found \d/ }).click();
  await expect.poll(() => cases.count()).toBe(defectCount());
  await cases.first().getByRole('button').click();
  const whole = page.getByRole('dialog', { name: 'Photo' });
  await whole.getByText(`1 of ${defectCount()}`).waitFor();
  await page.keyboard.press('ArrowRight');
  await whole.getByText(`2 of ${defectCount()}`).waitFor();
  await page.keyboard.press('Escape');
  await whole.waitFor({ state: 'hidden' });

  const json = await saved(page, 'Report JSON');
  expect(json.name).toBe('line-2-evaluation.json');
  const report = JSON.parse(json.text);
  expect(report).toMatchObject({
    format: 'defect-inspector-evaluation',
    dataset: { name: 'line-2.zip', format: 'COCO', images: 3, evaluated: 3 },
  });
  expect(report.runs).toHaveLength(1);
  expect(report.runs[0]).toMatchObject({ model: { name: 'surface-defects' }, AP50: 1 });
  expect(report.runs[0].model.sha256).toMatch(/^[0-9a-f]{64}$/);

  const csv = await saved(page, 'CSV');
  expect(csv.name).toBe('line-2-evaluation.csv');
  const [head, ...rows] = csv.text.trim().split('\r\n');
  const column = (name: string, row: string) => row.split(',')[head!.split(',').indexOf(name)];
  const total = rows.find((row) => column('class', row) === '*')!;
  expect(column('found', total)).toBe(String(defectCount()));
  expect(column('missed', total)).toBe('0');
  expect(column('model_sha256', total)).toBe(report.runs[0].model.sha256);

  expect(errors).toEqual([]);
  const { origin } = new URL(stage.site.url);
  expect(
    requests.every(
      (request) => /^(blob|data):/.test(request.url()) || new URL(request.url()).origin === origin,
    ),
  ).toBe(true);
});

test('thresholds by F1 or by cost, and what is chosen goes into use', async () => {
  const { page, errors } = await stage.open();
  await drop(page, [await twins()]);
  await inspectAll(page);
  const escapes = tile(page, 'Escape rate');
  const overkill = tile(page, 'Overkill');

  // Whatever is found on one of the two is a false alarm on the other: it depends on what is worse.
  await page.locator('label', { hasText: 'Best F1' }).click();
  await escapes.getByText('0 of 1 defective part').waitFor();
  await overkill.getByText('1 of 1 good part').waitFor();
  await page.locator('label', { hasText: 'Lowest cost' }).click();
  const ratio = evaluation(page).getByLabel('A missed defect costs');
  await ratio.fill('0.2');
  await ratio.press('Enter');
  await escapes.getByText('1 of 1 defective part').waitFor();
  await overkill.getByText('0 of 1 good part').waitFor();

  await page.getByRole('button', { name: 'Use these thresholds' }).click();
  await page.getByRole('button', { name: 'In use in the inspector' }).waitFor();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await evaluation(page).waitFor({ state: 'hidden' });
  for (const isAgain of [false, true]) {
    if (isAgain) await page.reload();
    await drop(page, [await sample(DEFECTIVE[0])]);
    await page.getByText('Yours:').waitFor();
    await photos(page).filter({ hasText: 'Done' }).waitFor({ timeout: 60_000 });
    expect(await defectRows(page).count()).toBe(0);
  }
  await page.getByRole('button', { name: 'Back to the recommended ones' }).click();
  await page.getByText('Yours:').waitFor({ state: 'detached' });
  await defectRows(page).first().waitFor();
  expect(errors).toEqual([]);
});

test('a folder in LabelMe’s format; class names match whatever their case', async () => {
  const { page } = await stage.open();
  await openFolder(page, await labelMeFolder());
  await evaluation(page).getByText('labelme · LabelMe · 3 photos').waitFor();
  await inspectAll(page);
  const count = classNames().length;
  await evaluation(page).getByText(`Classes: ${count} of ${count} matched by name`).waitFor();
  await expectPerfect(page);
});

test('a folder in YOLO’s format; what is missing is listed, and a class can be left out', async () => {
  const { page } = await stage.open();
  await openFolder(page, await yoloFolder());
  await evaluation(page).getByText('1 note on the files').click();
  await evaluation(page).getByText('the image is not there').waitFor();
  await inspectAll(page);
  await expectPerfect(page);
  await evaluation(page)
    .getByText(/matched by name/)
    .click();
  const [name] = classNames();
  await evaluation(page).getByLabel(`What “${name}” is to the model`).selectOption('left-out');
  const row = evaluation(page).getByRole('row').filter({ hasText: name! });
  await expect
    .poll(() => page.locator('defect-evaluation-figures').getByRole('rowheader', { name: name! }).count())
    .toBe(0);
  await row.first().waitFor();
});

test('loose photos with their annotations are evaluated; photos alone are inspected', async () => {
  const { page } = await stage.open();
  const files = await Promise.all(truth.map(({ file }) => sample(file)));
  const json = { name: 'set.json', mimeType: 'application/json', buffer: Buffer.from(coco) };
  await drop(page, [...files, json]);
  await evaluation(page).getByText('Dropped files · COCO · 3 photos').waitFor();
  expect(await photos(page).count()).toBe(0);
  await page.keyboard.press('Escape');
  await drop(page, files);
  await expect.poll(() => photos(page).count()).toBe(3);
});

test('two models with the same weights differ in nothing on the same photos', async () => {
  const { page } = await stage.open();
  await drop(page, [await cocoZip()]);
  await inspectAll(page);
  const { name, buffer } = await ownModel();
  const path = join(folder, name);
  await writeFile(path, buffer);
  await page.locator('defect-evaluation input#model').setInputFiles(path);
  await evaluation(page)
    .getByText('A: surface-defects')
    .filter({ hasText: 'B: castings-line-2' })
    .waitFor({ timeout: 60_000 });
  const changes = page.locator('defect-model-changes');
  await changes.getByRole('button', { name: `${defectCount()} defects found by both` }).waitFor();
  await changes.getByRole('button', { name: '0 defects fixed: found by B only' }).waitFor();
  await changes.getByRole('button', { name: '0 false alarms new: raised by B only' }).waitFor();
  expect(await tile(page, 'AP50').getByText('1.000', { exact: true }).count()).toBe(2);
});

test('a run that is stopped half way keeps what is done', async () => {
  const photo = await image(GOOD);
  const files: Record<string, Buffer> = {};
  // Results are kept by content; what follows a JPEG's end makes another photo of it.
  for (let i = 0; i < 40; i++) files[`copy-${i}.jpg`] = Buffer.concat([photo, Buffer.from([i])]);
  const { page, errors } = await stage.open();
  await openFolder(page, await labelMeFolder('many', files));
  await page.getByRole('button', { name: 'Inspect 43 photos' }).click();
  await evaluation(page)
    .getByText(/: [2-9] of 43 photos/)
    .waitFor({ timeout: 60_000 });
  // The page answers meanwhile: a frame comes when it is due.
  const pause = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let longest = 0;
        let last = performance.now();
        const end = last + 1000;
        const step = (now: number) => {
          longest = Math.max(longest, now - last);
          last = now;
          if (now < end) requestAnimationFrame(step);
          else resolve(longest);
        };
        requestAnimationFrame(step);
      }),
  );
  expect(pause).toBeLessThan(500);
  // The button that started it is gone; the focus stays in the dialog. Closed, the run goes on, and that is to be seen.
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('defect-inspector');
  await page.keyboard.press('Escape');
  await evaluation(page).waitFor({ state: 'hidden' });
  await page.getByText(/^Evaluation: \d+ of 43 photos$/).waitFor();
  await page.getByRole('button', { name: 'Show it' }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await evaluation(page)
    .getByText(/was stopped after [1-3]?\d of 43 photos/)
    .waitFor();
  await tile(page, 'Pixel IoU').waitFor();
  const { dataset } = JSON.parse((await saved(page, 'Report JSON')).text);
  expect(dataset.images).toBe(43);
  expect(dataset.evaluated).toBeGreaterThan(0);
  expect(dataset.evaluated).toBeLessThan(43);
  expect(errors).toEqual([]);
});

test('what can’t be evaluated gets a sentence, and the next choice is taken', async () => {
  const { page, errors } = await stage.open();
  const alert = evaluation(page).getByRole('alert');
  const whole = await cocoZip();
  await drop(page, [{ name: 'broken.zip', mimeType: 'application/zip', buffer: Buffer.alloc(1000) }]);
  await alert.getByText('broken.zip is not a ZIP, or it ends early').waitFor();
  const half = whole.buffer.subarray(0, whole.buffer.length / 2);
  await drop(page, [{ ...whole, name: 'half.zip', buffer: half }]);
  await alert.getByText('half.zip is not a ZIP, or it ends early').waitFor();
  const [file] = DEFECTIVE;
  await drop(page, [zip('bare.zip', [{ name: file!, data: await image(file!), isStored: true }])]);
  await alert.getByText('no annotations').waitFor();
  await drop(page, [zip('texts.zip', [{ name: 'notes.md', data: 'none' }])]);
  await alert.getByText('There are no images in texts.zip').waitFor();
  await drop(page, [whole]);
  await evaluation(page).getByText('line-2.zip · COCO · 3 photos').waitFor();
  expect(errors).toEqual([]);
});

test('a page of another origin evaluates, too: in a worker, and with what that worker loads', async () => {
  const files = sirv('dist', { dev: true });
  const home = await listen((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    files(request, response);
  });
  const embedder = await listen((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<!doctype html><title>Embedder</title><link rel="icon" href="data:," />
      <script type="module" src="${home.url}defect-inspector.js"></script>
      <defect-inspector style="display: block; height: 90vh"></defect-inspector>`);
  });
  try {
    const { page, errors } = await stage.open({ url: embedder.url });
    const [file] = DEFECTIVE;
    const set = zip('set.zip', [
      { name: `images/${file!}`, data: await image(file!), isStored: true },
      { name: `labels/${file!.replace('.jpg', '.txt')}`, data: '0 0.1 0.1 0.5 0.1 0.5 0.5' },
      { name: 'data.yaml', data: "names:\n  0: 'it''s a pit'\n" },
    ]);
    await page.getByRole('button', { name: 'Evaluate' }).click();
    await page.locator('defect-evaluation-intake #zip').setInputFiles([set]);
    await evaluation(page).getByText('set.zip · YOLO · 1 photo').waitFor();
    await evaluation(page).getByText('1 with 1 defect, 0 good parts').waitFor();
    await page.getByRole('button', { name: 'Inspect 1 photo' }).click();
    await evaluation(page).getByText('The figures are ready').waitFor({ state: 'attached', timeout: 60_000 });
    await evaluation(page).getByLabel("What “it's a pit” is to the model").waitFor();
    expect(errors).toEqual([]);
  } finally {
    home.close();
    embedder.close();
  }
});

async function listen(handle: RequestListener) {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('the page stays alive when the evaluation’s worker is gone', async () => {
  const { page } = await stage.open();
  await drop(page, [await twins()]);
  await inspectAll(page);
  const [worker] = page.workers().filter((one) => one.url().includes('/evaluation-'));
  await worker!.evaluate(() => {
    setTimeout(() => {
      throw new Error('out of luck');
    });
    // Nothing is answered any more.
    Object.assign(globalThis, { postMessage: () => undefined });
  });
  await expect.poll(() => page.workers().filter((one) => one.url().includes('/evaluation-')).length).toBe(0);
  await page.locator('label', { hasText: 'Any defect' }).click();
  await page.locator('defect-evaluation-figures').getByRole('rowheader', { name: 'any defect' }).waitFor();
  await tile(page, 'Escape rate').getByText('0 of 1 defective part').waitFor();
});
