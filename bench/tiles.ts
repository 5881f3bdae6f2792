/**
 * `npm run bench:tiles -- DIST [1x2 2x1] [--size 6000x4000] [--scale 1] [--rounds 3] [--max-ratio 1.15] [--max-factor 2.2]`
 *
 * What a photo in tiles costs, by WORKERSxTHREADS settings of `createDetector`, each in a browser of its own, taking turns: in relation to single photos
 * of its views' network sizes, one after the other, and to a photo of 960 x 320 by area. A single photo of a tile's network size is that tile, cut out: what
 * it costs as a photo in tiles, which it is one of, less what its whole view costs. Fails above --max-ratio or --max-factor with the first setting.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import sharp, { type OverlayOptions, type Sharp } from 'sharp';
import type { Browser, Page } from 'playwright-core';
import { evenly } from '../scripts/evenly.js';
import { launchBrowser } from '../scripts/inspect-page.js';
import { median } from '../scripts/median.js';
import { serveSite } from '../scripts/site.js';
import { planViews, SEEN_SIDE, type PlannedView } from '../src/core/pipeline/plan.js';
import { readModel } from '../src/model/metadata.js';
import type { InspectOptions } from '../src/index.js';
import { emptyPage, startDetector, type Bench } from './empty-page.js';
import { datasetPhotos, type PlainPhoto } from './photos.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string', default: '6000x4000' },
    scale: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    singles: { type: 'string', default: '6' },
    'max-ratio': { type: 'string' },
    'max-factor': { type: 'string' },
  },
});
const [root = 'dist', ...named] = positionals;
const SETTINGS = named.length > 0 ? named : ['1x2', '2x1'];
const [WIDTH, HEIGHT] = values.size.split('x').map(Number) as [number, number];
const SCALE = Number(values.scale);
const SMALLEST = SEEN_SIDE / SCALE;
/** Network pixels of the photo that areas are compared with. */
const UNIT = { width: 960, height: 320 };

/** Photos of the datasets at their own scale, row by row, until all is covered. */
async function compose(): Promise<Buffer> {
  const photos = await datasetPhotos(60);
  const layers: OverlayOptions[] = [];
  let [x, y, rowHeight] = [0, 0, 0];
  for (let i = 0; y < HEIGHT; i++) {
    const input = Buffer.from(photos[(i * 7) % photos.length]!.base64, 'base64');
    const { width, height } = await sharp(input).metadata();
    const [w, h] = [Math.min(width, WIDTH - x), Math.min(height, HEIGHT - y)];
    const cut = await sharp(input).extract({ left: 0, top: 0, width: w, height: h }).toBuffer();
    layers.push({ input: cut, left: x, top: y });
    x += w;
    rowHeight = Math.max(rowHeight, h);
    if (x >= WIDTH) [x, y, rowHeight] = [0, y + rowHeight, 0];
  }
  const create = { width: WIDTH, height: HEIGHT, channels: 3, background: '#808080' } as const;
  return sharp({ create }).composite(layers).removeAlpha().png({ compressionLevel: 1 }).toBuffer();
}

const toJpeg = async (image: Sharp, name: string): Promise<PlainPhoto> => ({
  name,
  base64: (await image.jpeg({ quality: 90 }).toBuffer()).toString('base64'),
});

async function makePhotos(views: readonly PlannedView[]) {
  const picture = await compose();
  const [whole, ...tiles] = views as [PlannedView, ...PlannedView[]];
  const cut = ({ x, y, width, height }: Pick<PlannedView, 'x' | 'y' | 'width' | 'height'>) =>
    sharp(picture).extract({ left: x, top: y, width, height });
  return {
    large: await toJpeg(sharp(picture), 'large.jpg'),
    whole: await toJpeg(sharp(picture).resize(whole.fit.width, whole.fit.height), 'whole.jpg'),
    tiles: await Promise.all(
      evenly(tiles, Number(values.singles)).map((tile, i) => toJpeg(cut(tile), `tile-${i}.jpg`)),
    ),
    unit: await toJpeg(cut({ x: 0, y: 0, ...UNIT }), 'unit.jpg'),
  };
}

/** Milliseconds, from the file to the result. */
const inspect = (
  page: Page,
  photo: PlainPhoto,
  look: Pick<InspectOptions, 'detail' | 'smallest'>,
): Promise<number> =>
  page.evaluate(
    async ({ photo, look }) => {
      const bench = globalThis as unknown as Bench;
      const bytes = Uint8Array.from(atob(photo.base64), (c) => c.charCodeAt(0));
      // Results are kept by content, for the whole page.
      const file = new File([bytes, crypto.getRandomValues(new Uint8Array(8))], photo.name);
      const begin = performance.now();
      const pending = bench.detector.inspect(file, look);
      bench.pending = pending;
      const { input } = await pending;
      if (input.tiles < input.planned || input.limitedBy)
        throw new Error(`Seen in part: ${JSON.stringify(input)}`);
      return performance.now() - begin;
    },
    { photo, look },
  );

interface Lane {
  readonly setting: string;
  readonly browser: Browser;
  readonly page: Page;
  readonly seconds: number[];
  readonly ratios: number[];
  readonly factors: number[];
}

const thorough = { detail: 'thorough', smallest: SMALLEST } as const;
const fast = { detail: 'fast' } as const;

const model = readModel(new Uint8Array(await readFile('public/models/surface-defects.onnx')));
const rule = model.metadata.input;
const { views } = planViews({ width: WIDTH, height: HEIGHT }, rule, { detail: 'thorough', scale: SCALE });
const photos = await makePhotos(views);
const site = await serveSite({ root });
const lanes: Lane[] = [];

async function measure({ page, seconds, ratios, factors }: Lane): Promise<void> {
  const unit = await inspect(page, photos.unit, fast);
  const whole = await inspect(page, photos.whole, fast);
  const singles: number[] = [];
  for (const tile of photos.tiles)
    singles.push((await inspect(page, tile, thorough)) - (await inspect(page, tile, fast)));
  const large = await inspect(page, photos.large, thorough);
  const sum = whole + (views.length - 1) * (singles.reduce((a, b) => a + b, 0) / singles.length);
  const unitAgain = await inspect(page, photos.unit, fast);
  seconds.push(large / 1000);
  ratios.push(large / sum);
  factors.push(
    large / ((unit + unitAgain) / 2) / ((WIDTH * HEIGHT * SCALE ** 2) / (UNIT.width * UNIT.height)),
  );
}

try {
  for (const setting of SETTINGS) {
    const browser = await launchBrowser();
    const page = await emptyPage(browser, site.url);
    const lane: Lane = { setting, browser, page, seconds: [], ratios: [], factors: [] };
    lanes.push(lane);
    await startDetector(page, setting);
    // The first photo of a size pays for what the runtime sets up; other workers start with the first tiles that they get.
    await inspect(page, photos.large, thorough);
  }
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const lane of round % 2 === 0 ? lanes : [...lanes].reverse()) await measure(lane);
  }
  console.log(
    `${values.size} px at scale ${SCALE}, ${views.length} views, ${values.rounds} rounds; WORKERSxTHREADS`,
  );
  for (const { setting, seconds, ratios, factors } of lanes)
    console.log(
      [
        setting.padEnd(5),
        `median ${median(seconds).toFixed(1)} s`,
        `${median(ratios).toFixed(3)} times its views as single photos`,
        `${median(factors).toFixed(3)} times 960 x 320 by area`,
        `${median(seconds.map((s, i) => s / lanes[0]!.seconds[i]!)).toFixed(3)} times ${lanes[0]!.setting}`,
      ].join('  '),
    );
  const [first] = lanes;
  const isAbove = (limit: string | undefined, found: readonly number[]) =>
    limit !== undefined && median(found) > Number(limit);
  if (isAbove(values['max-ratio'], first!.ratios) || isAbove(values['max-factor'], first!.factors))
    process.exitCode = 1;
} finally {
  for (const { browser } of lanes) await browser.close();
  await site.close();
}
