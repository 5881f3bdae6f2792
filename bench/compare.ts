/**
 * `npm run bench:compare -- OLD NEW [--photos 60] [--rounds 3] [--threads 1] [--max-ratio 1.05]`
 *
 * Two built pages on the same photos, in one browser in one run: every photo goes to both, one right after the other,
 * and who is first changes from photo to photo. So a machine that drifts, or is busy, does so for both. Prints the median
 * of every stage, of the ratios NEW / OLD photo by photo, and what a first visit to either loads. Fails where the
 * ratio of the time from call to result is above --max-ratio.
 */
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import type { DefectInspectorElement } from '../src/index.js';
import type { Inspection } from '../src/core/types.js';
import { firstVisitBytes, visitFiles } from '../scripts/first-visit.js';
import { launchBrowser, openPage } from '../scripts/inspect-page.js';
import { median } from '../scripts/median.js';
import { serveSite } from '../scripts/site.js';
import { datasetPhotos, type PlainPhoto } from './photos.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    photos: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '1' },
    'max-ratio': { type: 'string' },
  },
});
const [oldRoot, newRoot] = positionals;
if (!oldRoot || !newRoot) {
  console.error('Name two built folders: npm run bench:compare -- OLD NEW');
  process.exit(2);
}

/** `total` is what the build says itself, `wall` the time from the call to its result. */
type Times = Inspection['timing'] & { readonly wall: number };
const STAGES = ['decode', 'resample', 'infer', 'post', 'total', 'wall'] as const;

async function inspectOnce(page: Page, photo: PlainPhoto): Promise<Times> {
  return page.evaluate(async ({ name, base64 }) => {
    const element = document.querySelector<DefectInspectorElement>('defect-inspector')!;
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    // What follows the end of a JPEG or PNG is ignored by decoders and changes the file's hash: no cache answers.
    const file = new File([bytes, crypto.getRandomValues(new Uint8Array(8))], name);
    const start = performance.now();
    const pending = element.inspect(file);
    // The debugger's protocol drops a promise that nothing but itself refers to.
    Object.assign(globalThis, { pending });
    const { timing } = await pending;
    const wall = performance.now() - start;
    // Let what is shown afterwards not fall into the other page's turn.
    await new Promise((resolve) => setTimeout(resolve, 60));
    element.clear();
    return { ...timing, wall };
  }, photo);
}

interface Pair {
  readonly old: Times;
  readonly fresh: Times;
}

async function measure(pages: { old: Page; fresh: Page }, photos: readonly PlainPhoto[]): Promise<Pair[]> {
  for (const photo of photos.slice(0, 3)) {
    await inspectOnce(pages.old, photo);
    await inspectOnce(pages.fresh, photo);
  }
  const pairs: Pair[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [i, photo] of photos.entries()) {
      if ((round + i) % 2 === 0) {
        const old = await inspectOnce(pages.old, photo);
        pairs.push({ old, fresh: await inspectOnce(pages.fresh, photo) });
      } else {
        const fresh = await inspectOnce(pages.fresh, photo);
        pairs.push({ old: await inspectOnce(pages.old, photo), fresh });
      }
    }
  }
  return pairs;
}

function printTimes(pairs: readonly Pair[]): number {
  const column = (text: string) => text.padStart(10);
  console.log(`${''.padEnd(10)}${['old ms', 'new ms', 'ratio'].map(column).join('')}`);
  for (const stage of STAGES) {
    const cells = [
      median(pairs.map(({ old }) => old[stage])).toFixed(1),
      median(pairs.map(({ fresh }) => fresh[stage])).toFixed(1),
      median(pairs.map(({ old, fresh }) => fresh[stage] / old[stage])).toFixed(3),
    ];
    console.log(`${stage.padEnd(10)}${cells.map(column).join('')}`);
  }
  return median(pairs.map(({ old, fresh }) => fresh.wall / old.wall));
}

const photos = await datasetPhotos(Number(values.photos));
const sites = await Promise.all([oldRoot, newRoot].map((root) => serveSite({ root })));
const browser = await launchBrowser();
try {
  const threads = Number(values.threads);
  const [old, fresh] = [
    await openPage(browser, sites[0]!.url, threads),
    await openPage(browser, sites[1]!.url, threads),
  ];
  const pairs = await measure({ old, fresh }, photos);
  console.log(
    `${photos.length} photos, ${values.rounds} rounds, threads ${threads}, Chromium ${browser.version()}; medians, ratios by photo`,
  );
  const ratio = printTimes(pairs);
  const [oldBytes, newBytes] = await Promise.all(
    [oldRoot, newRoot].map(async (root) => firstVisitBytes(await visitFiles(root))),
  );
  const kB = (bytes: number) => (bytes / 1e3).toFixed(1);
  console.log(
    `first visit: ${kB(oldBytes!)} kB, ${kB(newBytes!)} kB, ratio ${(newBytes! / oldBytes!).toFixed(4)}`,
  );
  const limit = values['max-ratio'];
  if (limit !== undefined && !(ratio <= Number(limit))) {
    console.error(
      `From call to result the new page takes ${ratio.toFixed(3)} times as long; at most ${limit}.`,
    );
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  await Promise.all(sites.map((site) => site.close()));
}
