/**
 * `npm run bench:memory -- DIST [--from 50] [--to 500] [--runs 3] [--threads 1]`
 *
 * By how much a page grows while one works with it: the renderer's memory after photo --to less that after photo
 * --from, when caches and heaps have found their size. Every photo is dropped with bytes of its own. Needs Linux.
 */
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { openPage } from '../scripts/inspect-page.js';
import { median } from '../scripts/median.js';
import { serveSite } from '../scripts/site.js';
import { readPhoto, type PlainPhoto } from './photos.js';
import { launchMeasurable, rendererMemory } from './browser-memory.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    from: { type: 'string', default: '50' },
    to: { type: 'string', default: '500' },
    runs: { type: 'string', default: '3' },
    threads: { type: 'string', default: '1' },
  },
});
const root = positionals[0] ?? 'dist';
/** So many are dropped at a time. */
const BATCH = 50;
const SAMPLES = ['ball-screw-pitting.jpg', 'strip-scratches.jpg', 'tile-cracks.jpg'];

/** Drops so many photos and waits until all are done. */
async function dropPhotos(page: Page, photos: readonly PlainPhoto[], count: number): Promise<void> {
  await page.evaluate(
    async ({ photos, count }) => {
      const decoded = photos.map(({ base64 }) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));
      const data = new DataTransfer();
      for (let i = 0; i < count; i++) {
        const name = `${crypto.getRandomValues(new Uint32Array(1))[0]}.jpg`;
        const noise = crypto.getRandomValues(new Uint8Array(8));
        data.items.add(new File([decoded[i % decoded.length]!, noise], name, { type: 'image/jpeg' }));
      }
      const element = document.querySelector('defect-inspector')!;
      const done = new Promise<void>((resolve) => {
        let left = count;
        element.addEventListener('defect-result', function count() {
          if (--left > 0) return;
          element.removeEventListener('defect-result', count);
          resolve();
        });
      });
      // The debugger's protocol drops a promise that nothing but itself refers to.
      Object.assign(globalThis, { done });
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
      await done;
    },
    { photos, count },
  );
}

async function growth(url: string, photos: readonly PlainPhoto[]): Promise<{ from: number; to: number }> {
  const browser = await launchMeasurable();
  try {
    const page = await openPage(browser, url, Number(values.threads));
    const at = async (target: number, before: number) => {
      for (let done = before; done < target; done += BATCH)
        await dropPhotos(page, photos, Math.min(BATCH, target - done));
      return rendererMemory(browser, page);
    };
    const [from, to] = [Number(values.from), Number(values.to)];
    return { from: await at(from, 0), to: await at(to, from) };
  } finally {
    await browser.close();
  }
}

const MB = (bytes: number) => (bytes / 1e6).toFixed(1);
const site = await serveSite({ root });
try {
  const photos = await Promise.all(SAMPLES.map((name) => readPhoto(`public/samples/${name}`)));
  const grown: number[] = [];
  for (let run = 0; run < Number(values.runs); run++) {
    const { from, to } = await growth(site.url, photos);
    grown.push(to - from);
    console.log(
      `run ${run + 1}: ${MB(from)} MB after photo ${values.from}, ${MB(to)} MB after photo ${values.to}, growth ${MB(to - from)} MB`,
    );
  }
  console.log(`median growth: ${MB(median(grown))} MB`);
} finally {
  await site.close();
}
