/**
 * Evaluation on annotated photos, in the built page. The truth is what the model itself reports on the samples, so that
 * every format must lead to perfect figures.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
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

async function cocoZip(): Promise<NamedFile> {
  const files: ZipInput[] = [{ name: 'set/annotations.json', data: coco }];
  for (const { file } of truth) {
    files.push({ name: `set/images/${file}`, data: await image(file), isStored: true });
  }
  return { name: 'line-2.zip', mimeType: 'application/zip', buffer: Buffer.from(buildZip(files)) };
}

async function labelMeFolder(): Promise<string> {
  const files: Record<string, string | Buffer> = {};
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
  return writeFolder('labelme', files);
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
  await page.getByRole('button', { name: 'Inspect 3 photos' }).click();
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

test('a ZIP in COCO format: figures, photos, a report, and thresholds that go into use', async () => {
  const { page, errors, requests } = await stage.open();
  await drop(page, [await cocoZip()]);
  await evaluation(page).getByText('line-2.zip · COCO · 3 photos').waitFor();
  await inspectAll(page);
  await expectPerfect(page);

  await page.locator('label', { hasText: /^Found \d/ }).click();
  const cases = page.locator('defect-case-gallery').getByRole('listitem');
  expect(await cases.count()).toBe(defectCount());
  await cases.first().getByRole('button').click();
  const whole = page.getByRole('dialog', { name: 'Photo' });
  await whole.getByText(`1 of ${defectCount()}`).waitFor();
  await page.keyboard.press('ArrowRight');
  await whole.getByText(`2 of ${defectCount()}`).waitFor();
  await page.keyboard.press('Escape');
  await whole.waitFor({ state: 'hidden' });

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Report JSON' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('line-2-evaluation.json');
  const report = JSON.parse(await readFile(await download.path(), 'utf8'));
  expect(report).toMatchObject({
    format: 'defect-inspector-evaluation',
    dataset: { name: 'line-2.zip', format: 'COCO', images: 3, evaluated: 3 },
  });
  expect(report.runs).toHaveLength(1);
  expect(report.runs[0]).toMatchObject({ model: { name: 'surface-defects' }, AP50: 1 });
  expect(report.runs[0].model.sha256).toMatch(/^[0-9a-f]{64}$/);

  await page.locator('label', { hasText: 'Lowest cost' }).click();
  await page.getByRole('button', { name: 'Use these thresholds' }).click();
  await page.getByRole('button', { name: 'In use in the inspector' }).waitFor();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await evaluation(page).waitFor({ state: 'hidden' });
  await drop(page, [await sample(DEFECTIVE[0])]);
  await defectRows(page).first().waitFor();
  await page.getByText('Yours:').waitFor();
  await page.reload();
  await drop(page, [await sample(DEFECTIVE[0])]);
  await page.getByText('Yours:').waitFor();
  await page.getByRole('button', { name: 'Back to the recommended ones' }).click();
  await page.getByText('Yours:').waitFor({ state: 'detached' });
  expect(errors).toEqual([]);
  const { origin } = new URL(stage.site.url);
  expect(
    requests.every(
      (request) => /^(blob|data):/.test(request.url()) || new URL(request.url()).origin === origin,
    ),
  ).toBe(true);
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

test('two models on the same photos: nothing fixed, nothing broken by the same weights', async () => {
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

test('a run that is stopped keeps what is done; a file that is no ZIP gets a sentence', async () => {
  const { page } = await stage.open();
  await drop(page, [{ name: 'broken.zip', mimeType: 'application/zip', buffer: Buffer.alloc(1000) }]);
  await evaluation(page).getByText('broken.zip is not a ZIP').waitFor();
  await page.locator('defect-evaluation-intake #folder').setInputFiles(await labelMeFolder());
  await page.getByRole('button', { name: 'Inspect 3 photos' }).click();
  await evaluation(page)
    .getByText(/: [1-3] of 3 photos/)
    .waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Stop' }).click();
  await evaluation(page)
    .getByText(/was stopped after [1-3] of 3 photos/)
    .waitFor();
  await tile(page, 'Pixel IoU').waitFor();
});
