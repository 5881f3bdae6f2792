/**
 * The built page in other engines than Chromium: it finds the same, and a person can do the main things with it.
 * An engine that isn't installed is skipped, and said to be; not so as root with CI=true, where it can be installed.
 */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { serveSite, type Site } from '../../../scripts/site.js';
import { buildZip, type ZipInput } from '../../unit/datasets/zip-builder.js';
import { sample, type NamedFile } from '../files.js';
import { chromium } from './chromium.js';
import type { EngineDriver } from './driver.js';
import { firefox } from './firefox.js';
import * as steps from './steps.js';
import type { FoundOnPhoto } from './steps.js';
import { webkit } from './webkit.js';

const ENGINES = [firefox, webkit];
const MUST_ALL_BE_THERE = process.env.CI === 'true' && process.getuid?.() === 0;
// The same kernels run in every engine; what decoders make of a JPEG may differ in the last digit.
const TOLERANCE = 1e-3;
const PHOTOS = ['ball-screw-pitting.jpg', 'tile-cracks.jpg', 'ball-screw-clean.jpg'];

let site: Site;
let photos: readonly NamedFile[];
/** What Chromium finds and exports. */
let reference: { found: readonly FoundOnPhoto[]; csv: string; coco: string };

beforeAll(async () => {
  if (!existsSync('dist/index.html')) throw new Error('There is no dist/: run `npm run build` first.');
  site = await serveSite();
  photos = await Promise.all(PHOTOS.map((name) => sample(name)));
  const driver = await chromium.launch();
  try {
    await steps.open(driver, site.url);
    reference = {
      found: await steps.inspect(driver, photos),
      csv: await steps.exported(driver, 'csv'),
      coco: await steps.exported(driver, 'coco'),
    };
  } finally {
    await driver.close();
  }
});
afterAll(() => site.close());

/** Everything that Chromium found, as a dataset. */
function annotatedZip(): NamedFile {
  const files: ZipInput[] = [{ name: 'set/annotations.json', data: reference.coco }];
  for (const { name, buffer } of photos)
    files.push({ name: `set/images/${name}`, data: buffer, isStored: true });
  return { name: 'line-2.zip', mimeType: 'application/zip', buffer: Buffer.from(buildZip(files)) };
}

function expectAlike(found: readonly FoundOnPhoto[], expected: readonly FoundOnPhoto[]): void {
  const classes = (all: readonly FoundOnPhoto[]) =>
    all.map(({ name, detections }) => [name, detections.map(({ className }) => className)]);
  const numbers = (all: readonly FoundOnPhoto[]) =>
    all.flatMap(({ detections }) =>
      // Areas are compared relatively: that is the difference of their logarithms.
      detections.flatMap(({ score, box, networkBox, area }) => [
        score,
        ...box,
        ...networkBox,
        Math.log(area),
      ]),
    );
  expect(classes(found)).toEqual(classes(expected));
  expect(numbers(found)).toHaveLength(numbers(expected).length);
  const differences = numbers(found).map((value, i) => Math.abs(value - numbers(expected)[i]!));
  expect(Math.max(...differences)).toBeLessThanOrEqual(TOLERANCE);
}

describe.each(ENGINES)('$name', (engine) => {
  const missing = engine.missing();
  if (missing !== undefined) {
    const sentence = `${engine.name} is not tested: there is no ${missing} on this machine.`;
    if (!MUST_ALL_BE_THERE) console.warn(sentence);
    test.skipIf(!MUST_ALL_BE_THERE)('is installed', () => {
      throw new Error(sentence);
    });
    return;
  }

  let driver!: EngineDriver;
  let isLaunched = false;
  const launch = async () => {
    driver = await engine.launch();
    isLaunched = true;
  };
  beforeAll(launch);
  afterAll(async () => {
    if (isLaunched) await driver.close();
  });

  /**
   * A test on a fresh page. The main process of Firefox ends now and then, also before anything of the page's has run: that says
   * nothing about the page, so such a test, and no other, is done again in a new browser.
   */
  function onPage(title: string, work: (context: TestContext) => Promise<void>): void {
    test(title, async (context) => {
      try {
        await steps.open(driver, site.url);
        await work(context);
      } catch (error) {
        if (!driver.hasEnded?.()) throw error;
        console.warn(
          `${engine.name} has ended by itself in “${title}”, which is done again in a new browser.`,
        );
        await launch();
        await steps.open(driver, site.url);
        await work(context);
      }
    });
  }

  onPage('dropped photos: what Chromium finds', async () => {
    expectAlike(await steps.inspect(driver, photos), reference.found);
  });

  onPage('the slider filters', async () => {
    const [{ detections }] = (await steps.inspect(driver, photos.slice(0, 1))) as [FoundOnPhoto];
    const atFirst = await steps.visibleRows(driver);
    expect(atFirst).toBeLessThan(detections.length);
    const lowest = await steps.slideTo(driver, 'Home');
    await steps.untilRows(driver, detections.filter(({ score }) => score >= Number(lowest)).length);
    expect(await steps.visibleRows(driver)).toBeGreaterThan(atFirst);
    expect(await steps.slideTo(driver, 'End')).toBe(1);
    await steps.untilRows(driver, 0);
  });

  onPage('a click on a row selects its defect', async () => {
    await steps.inspect(driver, photos.slice(0, 1));
    const rows = await steps.visibleRows(driver);
    const expected = Array.from({ length: rows }, (_, row) => row === 1);
    expect(await steps.selectRow(driver, 1)).toEqual(expected);
  });

  onPage('exports say what Chromium’s say', async () => {
    const found = await steps.inspect(driver, photos);
    const [csv, json, coco] = await Promise.all(
      (['csv', 'json', 'coco'] as const).map((format) => steps.exported(driver, format)),
    );
    // Names, classes and ids; figures are compared where they aren't rounded.
    const heads = (text: string) => text.split('\r\n').map((row) => row.split(',').slice(0, 5));
    expect(heads(csv!)).toEqual(heads(reference.csv));
    const { inspections } = JSON.parse(json!) as { inspections: { image: { name: string } }[] };
    expect(inspections.map(({ image }) => image.name)).toEqual(found.map(({ name }) => name));
    const annotated = (text: string) =>
      (JSON.parse(text) as { annotations: { image_id: number; category_id: number }[] }).annotations.map(
        ({ image_id, category_id }) => [image_id, category_id],
      );
    expect(annotated(coco!)).toEqual(annotated(reference.coco));
    expect(annotated(coco!).length).toBeGreaterThan(0);
  });

  onPage('the dialog about models opens, lists the shipped one, and closes', async () => {
    await steps.inspect(driver, photos.slice(0, 1));
    expect((await steps.listedModels(driver)).join(' ')).toContain('surface-defects');
    await steps.closeDialog(driver);
  });

  onPage('an annotated ZIP is evaluated: perfect on what Chromium has found', async () => {
    expect(await steps.evaluatedAP50(driver, annotatedZip())).toBe('1.000');
  });

  onPage('after one visit it works with the server gone', async (context) => {
    const own = await serveSite();
    await steps.open(driver, own.url);
    await steps.inspect(driver, photos.slice(0, 1));
    const isKept = await steps.isKept(driver);
    await own.close();
    if (!isKept) {
      const sentence = `${engine.name} has no service worker in this session: offline use is not tested.`;
      console.warn(sentence);
      context.skip(sentence);
    }
    await steps.reload(driver);
    expectAlike(await steps.inspect(driver, photos.slice(0, 1)), reference.found.slice(0, 1));
  });
});
