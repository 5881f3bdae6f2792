/**
 * `npm run bench:large -- DIST [--megapixels 24,100] [--photos 1] [--detail fast] [--smallest PX] [--runs 3]
 *   [--threads 1] [--max-mb 300,800]`
 *
 * How much memory a photo of many megapixels takes, or a batch of several: the highest sum of all the browser's processes while
 * they are dropped, inspected and shown, less what the page takes after one small photo. Each run has a browser of its own. Fails where the
 * median is above --max-mb, megapixels by megapixels. Needs Linux.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { openPage } from '../scripts/inspect-page.js';
import { median } from '../scripts/median.js';
import { serveSite } from '../scripts/site.js';
import type { DefectInspectorElement } from '../src/index.js';
import { browserMemory, launchMeasurable, totalOf, watchPeak, type BrowserMemory } from './browser-memory.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    megapixels: { type: 'string', default: '24,100' },
    photos: { type: 'string', default: '1' },
    detail: { type: 'string', default: 'fast' },
    smallest: { type: 'string' },
    runs: { type: 'string', default: '3' },
    threads: { type: 'string', default: '1' },
    'max-mb': { type: 'string' },
  },
});
const root = positionals[0] ?? 'dist';
const SMALL = 'public/samples/ball-screw-pitting.jpg';

/** A grainy surface as a camera's JPEG: 3 to 2, colours at half size. */
async function writePhoto(path: string, megapixels: number): Promise<void> {
  const width = Math.round(Math.sqrt(megapixels * 1e6 * 1.5));
  const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const;
  await sharp({
    create: { width, height: Math.round(width / 1.5), channels: 3, background: '#808080', noise },
  })
    .jpeg({ quality: 85, chromaSubsampling: '4:2:0' })
    .toFile(path);
}

/** Drops files from the disk and waits until all are inspected and have been shown for a while. */
async function inspect(page: Page, paths: readonly string[]): Promise<{ ms: number; tiles: number }> {
  await page.evaluate((count) => {
    const element = document.querySelector<DefectInspectorElement>('defect-inspector')!;
    const pending = new Promise((resolve, reject) => {
      const begin = performance.now();
      let [left, tiles] = [count, 0];
      element.addEventListener('defect-result', ({ detail: { input } }) => {
        tiles += input.tiles;
        if (--left === 0) resolve({ ms: performance.now() - begin, tiles });
      });
      element.addEventListener('defect-error', ({ detail: { error } }) => reject(error), { once: true });
    });
    Object.assign(globalThis, { pending });
  }, paths.length);
  await page
    .locator('input[type="file"][multiple]')
    .first()
    .setInputFiles([...paths]);
  const result = await page.evaluate(
    () => (globalThis as unknown as { pending: Promise<{ ms: number; tiles: number }> }).pending,
  );
  await page.waitForTimeout(2000);
  return result;
}

async function measure(url: string, paths: readonly string[]) {
  const browser = await launchMeasurable();
  try {
    const address = new URL(url);
    address.searchParams.set('detail', values.detail);
    if (values.smallest !== undefined) address.searchParams.set('smallest', values.smallest);
    const page = await openPage(browser, address.href, Number(values.threads));
    await inspect(page, [SMALL]);
    const before = await browserMemory(browser, page);
    const stop = await watchPeak(browser);
    const result = await inspect(page, paths);
    const peak = await stop();
    return {
      ...result,
      before: totalOf(before),
      above: totalOf(peak) - totalOf(before),
      kinds: grown(before, peak),
    };
  } finally {
    await browser.close();
  }
}

/** By how much each kind of process is larger, in a few words. */
const grown = (before: BrowserMemory, peak: BrowserMemory): string =>
  Object.entries(peak)
    .map(([kind, bytes]) => `${kind} ${MB(bytes - (before[kind] ?? 0))}`)
    .join(', ');

const MB = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
const limits = values['max-mb']?.split(',').map(Number) ?? [];
const folder = await mkdtemp(join(tmpdir(), 'large-'));
const site = await serveSite({ root });
try {
  for (const [i, megapixels] of values.megapixels.split(',').map(Number).entries()) {
    const paths = Array.from({ length: Number(values.photos) }, (_, at) =>
      join(folder, `${megapixels}-${at + 1}.jpg`),
    );
    // Their grain differs: what is known already would not be inspected again.
    for (const path of paths) await writePhoto(path, megapixels);
    const peaks: number[] = [];
    for (let run = 0; run < Number(values.runs); run++) {
      const { ms, tiles, before, above, kinds } = await measure(site.url, paths);
      peaks.push(above);
      console.log(
        `${megapixels} MP, run ${run + 1}: ${MB(above)} above ${MB(before)} (${kinds}); ${tiles} views, ${(ms / 1000).toFixed(1)} s`,
      );
    }
    const peak = median(peaks);
    console.log(`${megapixels} MP: median ${MB(peak)} above the page after a small photo`);
    const limit = limits[i];
    if (limit !== undefined && !(peak <= limit * 1e6)) {
      console.error(`That is above ${limit} MB.`);
      process.exitCode = 1;
    }
  }
} finally {
  await site.close();
  await rm(folder, { recursive: true });
}
