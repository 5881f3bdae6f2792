/**
 * `npm run evaluate -- DIR [--host browser|node] [--split val] [--limit N] [--threads N] [--out results.json]
 *   [--detail fast|thorough|auto] [--scale S]`
 *
 * Accuracy and speed in the real runtime: builds the page, opens it in headless Chromium and runs the photos of a
 * COCO folder (DIR/images, DIR/SPLIT.json) through the page's own element; with `--host node` without a browser, through
 * the same pipeline. Photos are seen in one view each unless --detail says otherwise; --scale is that of the tiles, network
 * pixels per photo pixel. Pictures that are composed of photos (`python -m training compose`) are judged photo by photo. Fails
 * below --min-ap50 and --min-iou.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { evaluateCoco } from '../src/core/evaluation/average-precision.js';
import type { CocoDataset, CocoResult } from '../src/core/evaluation/coco.js';
import { falseAlarmDensity, falseAlarms } from '../src/core/evaluation/false-alarms.js';
import { splitIntoParts } from '../src/core/evaluation/photo-parts.js';
import { pixelIou } from '../src/core/evaluation/pixel-iou.js';
import { countReports } from '../src/core/evaluation/reports.js';
import { SEEN_SIDE } from '../src/core/pipeline/plan.js';
import { regionToRle } from '../src/core/regions/region.js';
import { rleToString } from '../src/core/regions/rle.js';
import { assess } from '../src/core/recipe/assess.js';
import { AUTOMATIC } from '../src/core/recipe/recipe.js';
import { NO_REVIEW } from '../src/core/review/review.js';
import { MAX_PHOTO_DETECTIONS, type Detection, type Inspection, type ModelInfo } from '../src/core/types.js';
import { build } from './build.js';
import { evenly } from './evenly.js';
import { openBrowserHost, openNodeHost } from './hosts.js';
import type { Look } from './inspect-page.js';
import { median } from './median.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    host: { type: 'string', default: 'browser' },
    split: { type: 'string', default: 'val' },
    limit: { type: 'string' },
    threads: { type: 'string' },
    out: { type: 'string' },
    detail: { type: 'string', default: 'fast' },
    scale: { type: 'string' },
    'min-ap50': { type: 'string' },
    'min-iou': { type: 'string' },
    'no-build': { type: 'boolean', default: false },
  },
});
const folder = positionals[0];
if (!folder) {
  console.error('Name a COCO folder: npm run evaluate -- DIR');
  process.exit(2);
}
if (values.host !== 'browser' && values.host !== 'node') {
  console.error(`There is no host "${values.host}": it is browser or node.`);
  process.exit(2);
}
const { detail } = values;
if (detail !== 'fast' && detail !== 'thorough' && detail !== 'auto') {
  console.error(`There is no detail "${detail}": it is fast, thorough or auto.`);
  process.exit(2);
}
const scale = values.scale === undefined ? undefined : Number(values.scale);
if (scale !== undefined && !(scale > 0)) {
  console.error(`"${values.scale}" is no scale: it is network pixels per photo pixel, such as 0.6.`);
  process.exit(2);
}
const look: Look = { detail, ...(scale !== undefined && { smallest: SEEN_SIDE / scale }) };

const figure = (value: number, digits: number) => (Number.isNaN(value) ? 0 : value).toFixed(digits);

/** Classes that the dataset doesn't know get ids of their own, which no ground truth has. */
function categoryIds(truth: CocoDataset, { classes }: ModelInfo): Map<number, number> {
  const byName = new Map(truth.categories.map(({ id, name }) => [name, id]));
  return new Map(classes.map(({ id, name }) => [id, byName.get(name) ?? -id]));
}

function toResults(
  detections: readonly Detection[],
  { width, height }: Inspection['image'],
  imageId: number,
  categories: ReadonlyMap<number, number>,
): CocoResult[] {
  return detections.map((detection) => {
    const rle = regionToRle(detection.mask, width, height);
    return {
      image_id: imageId,
      category_id: categories.get(detection.classId)!,
      score: detection.score,
      bbox: detection.box,
      segmentation: { size: rle.size, counts: rleToString(rle) },
    };
  });
}

const truth = JSON.parse(await readFile(join(folder, `${values.split}.json`), 'utf8')) as CocoDataset;
const all = [...truth.images].sort((a, b) => a.id - b.id);
const images = evenly(all, values.limit ? Number(values.limit) : all.length);

const isBrowser = values.host === 'browser';
if (!isBrowser && values.threads !== undefined) {
  console.error('--threads is for the browser: the runtime has one thread in Node.');
  process.exit(2);
}
if (isBrowser && !values['no-build']) build();
const threads = values.threads === undefined ? undefined : Number(values.threads);
const host = await (isBrowser ? openBrowserHost(threads) : openNodeHost());
const results: CocoResult[] = [];
const reported: CocoResult[] = [];
const times: number[] = [];
let views = 0;
let last: Inspection | undefined;
try {
  for (const [i, image] of images.entries()) {
    last = await host.inspect(join(folder, 'images', image.file_name!), look);
    // The first photo pays for what the runtime sets up once.
    if (i > 0 || images.length === 1) times.push(last.timing.total);
    views += last.input.tiles;
    const categories = categoryIds(truth, last.model);
    results.push(...toResults(last.detections, last.image, image.id, categories));
    const assessment = assess(last, AUTOMATIC, NO_REVIEW);
    reported.push(...toResults(assessment.reported, last.image, image.id, categories));
    if (process.stderr.isTTY) process.stderr.write(`\r${i + 1} / ${images.length}`);
  }
} finally {
  await host.close();
}
if (!last) throw new Error(`${folder} has no images in its ${values.split} part.`);

if (values.out) {
  const known = results.filter(({ category_id }) => category_id > 0);
  await writeFile(values.out, JSON.stringify(known));
}

const { dataset, idsOf, split } = splitIntoParts(truth);
const imageIds = images.flatMap(({ id }) => idsOf.get(id) ?? []);
const judged = split(results);
const judgedReports = split(reported);
const masks = evaluateCoco(dataset, judged, {
  iouType: 'segm',
  imageIds,
  maxDetections: MAX_PHOTO_DETECTIONS,
});
const iou = pixelIou(dataset, judged, { imageIds });
const alarms = falseAlarms(dataset, judgedReports, { imageIds });
const density = falseAlarmDensity(dataset, judgedReports, { imageIds });
const { right, wrong, foreign } = countReports(dataset, judgedReports, { imageIds });

console.log(`${folder} ${values.split}, ${last.model.name} ${last.model.version}`);
for (const { name, AP50, AP, truths } of masks.classes) {
  console.log(`  ${name.padEnd(12)} AP50 ${figure(AP50, 3)}  AP ${figure(AP, 3)}  truths ${truths}`);
}
console.log(
  [
    `mask AP50 ${figure(masks.AP50, 3)}`,
    `mask AP ${figure(masks.AP, 3)}`,
    `pixel IoU ${figure(iou, 3)}`,
    `false alarms per megapixel ${figure(density.perMegapixel, 2)}`,
    `per clean image ${figure(alarms.perImage, 2)}`,
    `${right} of ${right + wrong} reports right, ${foreign} of foreign classes`,
    `images ${imageIds.length}${imageIds.length > images.length ? ` in ${images.length} pictures` : ''}`,
    `median ms ${median(times).toFixed(0)}`,
    `threads ${last.runtime.threads}`,
    `views ${views} at a scale of ${figure(last.input.scale, 2)}`,
  ].join('  '),
);

const short = [
  ['mask AP50', masks.AP50, values['min-ap50']],
  ['pixel IoU', iou, values['min-iou']],
] as const;
for (const [name, value, floor] of short) {
  if (floor !== undefined && !(value >= Number(floor))) {
    console.error(`${name} ${figure(value, 3)} is below the floor of ${floor}.`);
    process.exitCode = 1;
  }
}
