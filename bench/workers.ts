/**
 * `npm run bench:workers -- DIST [1x2 2x1] [--photos 60] [--rounds 5]`
 *
 * How a batch is best spread over the cores: WORKERSxTHREADS settings of `createDetector`, each in a browser of its
 * own, taking turns with the whole batch. All photos are handed over at once, after the workers have started. Prints
 * how long each takes in relation to the first one, round by round, and the memory of its renderer at the end. Memory
 * needs Linux.
 */
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { median } from '../scripts/median.js';
import { serveSite } from '../scripts/site.js';
import { datasetPhotos, type PlainPhoto } from './photos.js';
import { launchMeasurable, rendererMemory } from './browser-memory.js';
import { emptyPage, startDetector, type Bench } from './empty-page.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { photos: { type: 'string', default: '60' }, rounds: { type: 'string', default: '5' } },
});
const [root, ...named] = positionals;
if (!root) {
  console.error('Name a built folder: npm run bench:workers -- DIST');
  process.exit(2);
}
const SETTINGS = named.length > 0 ? named : ['1x2', '2x1'];

/** What `start` leaves in the page for `runBatch`. */
interface Batches extends Bench {
  makeFiles(): File[];
}

async function start(page: Page, photos: readonly PlainPhoto[], setting: string): Promise<void> {
  await startDetector(page, setting);
  await page.evaluate(
    async ({ photos, workers }) => {
      const bench = globalThis as unknown as Batches;
      const toFile = ({ name, base64 }: PlainPhoto) => {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        // Results are kept by content, for the whole page.
        return new File([bytes, crypto.getRandomValues(new Uint8Array(8))], name);
      };
      // Workers start with their first photo, and the first photo of each size costs more.
      const warming = Promise.all(
        photos.slice(0, 3 * workers).map((photo) => bench.detector.inspect(toFile(photo))),
      );
      bench.pending = warming;
      await warming;
      bench.makeFiles = () => photos.map(toFile);
    },
    { photos, workers: parseInt(setting) },
  );
}

const runBatch = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const bench = globalThis as unknown as Batches;
    const files = bench.makeFiles();
    const begin = performance.now();
    const batch = Promise.all(files.map((file) => bench.detector.inspect(file)));
    bench.pending = batch;
    await batch;
    return performance.now() - begin;
  });

/** A setting, ready for batches. */
interface Lane {
  readonly setting: string;
  readonly browser: Browser;
  readonly page: Page;
  readonly times: number[];
}

async function openLane(setting: string, url: string, photos: readonly PlainPhoto[]): Promise<Lane> {
  const browser = await launchMeasurable();
  const page = await emptyPage(browser, url);
  await start(page, photos, setting);
  return { setting, browser, page, times: [] };
}

const photos = await datasetPhotos(Number(values.photos));
const site = await serveSite({ root });
const lanes: Lane[] = [];
try {
  for (const setting of SETTINGS) lanes.push(await openLane(setting, site.url, photos));
  for (let round = 0; round < Number(values.rounds); round++) {
    const order = round % 2 === 0 ? lanes : [...lanes].reverse();
    for (const { page, times } of order) times.push(await runBatch(page));
  }
  const first = lanes[0]!;
  console.log(`${photos.length} photos at once, ${values.rounds} rounds; WORKERSxTHREADS`);
  for (const { setting, browser, page, times } of lanes) {
    const ratios = times.map((ms, round) => ms / first.times[round]!);
    const memory = await rendererMemory(browser, page);
    console.log(
      [
        setting.padEnd(5),
        `median ${(median(times) / 1000).toFixed(1)} s`,
        `${median(ratios).toFixed(3)} times ${first.setting} (${ratios.map((r) => r.toFixed(3)).join(', ')})`,
        `memory ${(memory / 1e6).toFixed(0)} MB`,
      ].join('  '),
    );
  }
} finally {
  for (const { browser } of lanes) await browser.close();
  await site.close();
}
