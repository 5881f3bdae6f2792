/**
 * `npm run evaluate:teach -- DIR [--split train] [--test-split val] [--good 10] [--marked 3] [--classes a,b] [--seeds 3]
 *   [--out results.json] [--no-build]`
 *
 * How good a model is that the page learns from a few photos: builds the page, opens it in headless Chromium, draws a lesson from a COCO
 * folder (DIR/images, DIR/SPLIT.json) for each seed, teaches it by the package's own `teach`, and judges the model on the photos of
 * the other part that were not drawn. Prints a line for each seed and the means.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  segmentationRle,
  type CocoAnnotation,
  type CocoDataset,
  type CocoImage,
} from '../src/core/evaluation/coco.js';
import { TaughtJudge, type TaughtFigures } from '../src/core/evaluation/taught.js';
import { assess } from '../src/core/recipe/assess.js';
import { AUTOMATIC } from '../src/core/recipe/recipe.js';
import { regionFromRle } from '../src/core/regions/region.js';
import { uniteRegions } from '../src/core/regions/region-sets.js';
import type { Region } from '../src/core/types.js';
import { build } from './build.js';
import { launchBrowser } from './inspect-page.js';
import { median } from './median.js';
import { serveSite } from './site.js';
import { drawLesson, type DrawnPhoto } from './teach-draw.js';
import { openTeachPage, type TeachPage } from './teach-page.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    split: { type: 'string', default: 'train' },
    'test-split': { type: 'string', default: 'val' },
    good: { type: 'string', default: '10' },
    marked: { type: 'string', default: '3' },
    classes: { type: 'string' },
    seeds: { type: 'string', default: '3' },
    out: { type: 'string' },
    'no-build': { type: 'boolean', default: false },
  },
});
const folder = positionals[0];
if (!folder) {
  console.error('Name a COCO folder: npm run evaluate:teach -- DIR');
  process.exit(2);
}
const [good, marked, seeds] = [values.good, values.marked, values.seeds].map(Number) as [
  number,
  number,
  number,
];
if (![good, marked, seeds].every((one) => Number.isInteger(one) && one >= 0) || seeds === 0) {
  console.error('--good, --marked and --seeds are whole numbers.');
  process.exit(2);
}
const classes = values.classes?.split(',');

const readPart = async (split: string): Promise<CocoDataset> =>
  JSON.parse(await readFile(join(folder, `${split}.json`), 'utf8')) as CocoDataset;
const learnt = await readPart(values.split);
const tested = await readPart(values['test-split']);

const regionOf = (annotation: CocoAnnotation, image: CocoImage): Region[] => {
  const region = regionFromRle(segmentationRle(annotation, image));
  return region ? [region] : [];
};

async function fileOf({ image }: DrawnPhoto) {
  const name = image.file_name!;
  return { name: basename(name), base64: (await readFile(join(folder!, 'images', name))).toString('base64') };
}

interface Measured extends TaughtFigures {
  readonly learnSeconds: number;
  readonly millisecondsPerPhoto: number;
}

interface SeedResult extends Measured {
  readonly seed: number;
  /** For whoever wants to know why. */
  readonly more: unknown;
}

async function evaluateSeed(page: TeachPage, seed: number): Promise<SeedResult> {
  const draw = drawLesson(learnt, tested, { ...(classes && { classes }), marked, good, seed });
  const ids = new Map(draw.classes.map(({ id }, i) => [id, i + 1]));
  const taught = await page.teach({
    classes: draw.classes.map(({ id, name }) => ({ id: ids.get(id)!, name })),
    good: await Promise.all(draw.good.map(fileOf)),
    marked: await Promise.all(
      draw.marked.map(async (photo) => ({
        file: await fileOf(photo),
        regions: photo.marks.flatMap((mark) =>
          regionOf(mark, photo.image).map((region) => ({ classId: ids.get(mark.category_id)!, region })),
        ),
      })),
    ),
  });
  const judge = new TaughtJudge();
  const times: number[] = [];
  const photos: unknown[] = [];
  for (const [i, photo] of draw.test.entries()) {
    const { map, model, detections, image, milliseconds } = await page.inspect(await fileOf(photo));
    // The first photo pays for what the runtime sets up once.
    if (i > 0) times.push(milliseconds);
    const shown = assess({ model, detections }, AUTOMATIC).reported;
    const truths = photo.marks.flatMap((mark) => regionOf(mark, photo.image));
    const score = judge.add({
      ...{ width: image.width, height: image.height, map },
      truth: truths.length > 0 ? uniteRegions(truths) : undefined,
      regions: shown.map(({ mask }) => mask),
    });
    const regions = shown.map(({ classId, score: one, box }) => ({ classId, score: one, box }));
    photos.push({ name: photo.image.file_name, isDefective: truths.length > 0, score, regions });
  }
  await page.close();
  const names = (drawn: readonly DrawnPhoto[]) => drawn.map(({ image }) => image.file_name);
  return {
    seed,
    ...judge.figures(),
    learnSeconds: taught.seconds,
    millisecondsPerPhoto: median(times),
    more: { drawn: { marked: names(draw.marked), good: names(draw.good) }, ...taught, photos },
  };
}

const figure = (value: number, digits: number): string =>
  Number.isFinite(value) ? value.toFixed(digits) : '-';

function line(result: Measured): string {
  return [
    `image AUROC ${figure(result.imageAUROC, 3)}`,
    `pixel AUROC ${figure(result.pixelAUROC, 3)}`,
    `pixel AP ${figure(result.pixelAP, 3)}`,
    `pixel IoU ${figure(result.pixelIoU, 3)}`,
    `found ${figure(result.found, 2)}`,
    `false alarms per good photo ${figure(result.falseAlarms, 2)}`,
    `learn s ${figure(result.learnSeconds, 1)}`,
    `ms per photo ${figure(result.millisecondsPerPhoto, 0)}`,
  ].join('  ');
}

if (!values['no-build']) build();
const site = await serveSite();
const browser = await launchBrowser();
const results: SeedResult[] = [];
try {
  const page = await openTeachPage(browser, site.url);
  for (let seed = 1; seed <= seeds; seed++) {
    const result = await evaluateSeed(page, seed);
    results.push(result);
    console.log(`${line(result)}  seed ${seed}`);
  }
} finally {
  await browser.close();
  await site.close();
}
if (values.out) await writeFile(values.out, JSON.stringify(results, undefined, 1));

/** Of what is defined, as the same figure is undefined for all seeds or for none. */
const mean = (of: keyof Measured): number =>
  results.reduce((sum, result) => sum + result[of], 0) / results.length;
const means = {
  ...{ imageAUROC: mean('imageAUROC'), pixelAUROC: mean('pixelAUROC'), pixelAP: mean('pixelAP') },
  ...{ pixelIoU: mean('pixelIoU'), found: mean('found'), falseAlarms: mean('falseAlarms') },
  ...{ learnSeconds: mean('learnSeconds'), millisecondsPerPhoto: mean('millisecondsPerPhoto') },
};
console.log(`${line(means)}  seeds ${results.length}`);
