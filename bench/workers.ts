/**
 * `npm run bench:workers -- DIST [1x2 2x1] [--photos 60] [--rounds 5]`
 *
 * How a batch is best spread over the cores: WORKERSxTHREADS settings of `createDetector`, alternating, all photos
 * handed over at once. Prints how long each takes in relation to the first one, and the memory of its renderer, both
 * after the start and after the batch. Starting isn't part of the time. Memory needs Linux.
 */
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { NAME_SHIM } from '../scripts/inspect-page.js';
import { median } from '../scripts/median.js';
import { serveSite } from '../scripts/site.js';
import type { Detector } from '../src/index.js';
import { datasetPhotos, type PlainPhoto } from './photos.js';
import { launchMeasurable, rendererMemory } from './renderer-memory.js';

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

interface Outcome {
  readonly ms: number;
  readonly startBytes: number;
  readonly endBytes: number;
}

/** What the functions below leave in the page for each other. */
interface Bench {
  detector: Detector;
  files: File[];
  pending: Promise<unknown>;
}

/** A page of the site without anything on it, so that nothing but the detector takes time and memory. */
async function emptyPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  await context.addInitScript(NAME_SHIM);
  await context.route(`${url}empty.html`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><title>Empty</title>',
      headers: {
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      },
    }),
  );
  const page = await context.newPage();
  await page.goto(`${url}empty.html`);
  return page;
}

async function start(page: Page, photos: readonly PlainPhoto[], setting: string): Promise<void> {
  const [workers, threads] = setting.split('x').map(Number);
  await page.evaluate(
    async ({ photos, workers, threads }) => {
      if (!crossOriginIsolated) throw new Error('The page is not isolated: there would be no threads.');
      const bench = globalThis as unknown as Bench;
      const module = new URL('defect-inspector.js', document.baseURI).href;
      const loading = import(module) as Promise<typeof import('../src/index.js')>;
      bench.pending = loading;
      const { createDetector } = await loading;
      const creating = createDetector({ workers: workers!, threads: threads! });
      bench.pending = creating;
      bench.detector = await creating;
      const toFile = ({ name, base64 }: PlainPhoto) => {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        // Results are kept by content, for the whole page.
        return new File([bytes, crypto.getRandomValues(new Uint8Array(8))], name);
      };
      // Workers start with their first photo, and the first photo of each size costs more.
      const warming = Promise.all(
        photos.slice(0, 3 * workers!).map((photo) => bench.detector.inspect(toFile(photo))),
      );
      bench.pending = warming;
      await warming;
      bench.files = photos.map(toFile);
    },
    { photos, workers, threads },
  );
}

const runBatch = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const bench = globalThis as unknown as Bench;
    const begin = performance.now();
    const batch = Promise.all(bench.files.map((file) => bench.detector.inspect(file)));
    bench.pending = batch;
    await batch;
    return performance.now() - begin;
  });

async function measure(photos: readonly PlainPhoto[], url: string, setting: string): Promise<Outcome> {
  const browser = await launchMeasurable();
  try {
    const page = await emptyPage(browser, url);
    await start(page, photos, setting);
    const startBytes = await rendererMemory(browser, page);
    const ms = await runBatch(page);
    return { ms, startBytes, endBytes: await rendererMemory(browser, page) };
  } finally {
    await browser.close();
  }
}

const photos = await datasetPhotos(Number(values.photos));
const site = await serveSite({ root });
const outcomes = new Map<string, Outcome[]>(SETTINGS.map((setting) => [setting, []]));
try {
  for (let round = 0; round < Number(values.rounds); round++) {
    const order = round % 2 === 0 ? SETTINGS : [...SETTINGS].reverse();
    for (const setting of order) outcomes.get(setting)!.push(await measure(photos, site.url, setting));
  }
} finally {
  await site.close();
}

const MB = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
const first = outcomes.get(SETTINGS[0]!)!;
console.log(`${photos.length} photos at once, ${values.rounds} rounds; WORKERSxTHREADS`);
for (const [setting, runs] of outcomes) {
  const ratios = runs.map(({ ms }, round) => ms / first[round]!.ms);
  console.log(
    [
      setting.padEnd(5),
      `median ${median(runs.map(({ ms }) => ms / 1000)).toFixed(1)} s`,
      `${median(ratios).toFixed(3)} times ${SETTINGS[0]} (${ratios.map((r) => r.toFixed(3)).join(', ')})`,
      `memory ${MB(median(runs.map((r) => r.startBytes)))} before, ${MB(median(runs.map((r) => r.endBytes)))} after`,
    ].join('  '),
  );
}
