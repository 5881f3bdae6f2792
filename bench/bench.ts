/**
 * `npm run bench [-- PHOTO] [--threads 2] [--runs 15] [--python python3] [--no-build]`
 *
 * The page against the stack that it replaces, side by side in one run on one machine, because absolute times
 * wander and ratios hold. PHOTO defaults to a 1540 x 645 photo of ../shared/datasets/bsdata. Prints what a first
 * visit costs, the time per stage, the longest task on the main thread, memory, and the ratio.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import type { DefectInspectorElement } from '../src/index.js';
import type { Inspection } from '../src/core/types.js';
import { build } from '../scripts/build.js';
import { launchBrowser, openPage } from '../scripts/inspect-page.js';
import { median } from '../scripts/median.js';
import { serveSite } from '../scripts/site.js';

const BSDATA = '../shared/datasets/bsdata';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string', default: '2' },
    runs: { type: 'string', default: '15' },
    python: { type: 'string', default: process.env.PYTHON ?? 'python3' },
    'no-build': { type: 'boolean', default: false },
  },
});

async function defaultPhoto(): Promise<string> {
  if (!existsSync(BSDATA)) throw new Error(`There is no ${BSDATA}: name a photo.`);
  const { images } = JSON.parse(await readFile(join(BSDATA, 'val.json'), 'utf8')) as {
    images: { file_name: string; width: number; height: number }[];
  };
  const photo = images.find((i) => i.width === 1540 && i.height === 645);
  if (!photo) throw new Error(`${BSDATA} holds no photo of 1540 x 645.`);
  return join(BSDATA, 'images', photo.file_name);
}

interface Measured {
  timings: Inspection['timing'][];
  wall: number[];
  longestTask: number;
  last: Omit<Inspection, 'detections'> & { detections: number };
}

/** Inspects the photo `runs` times, each time as new bytes, so that no cached result answers. */
async function inspectOften(page: Page, photo: string, runs: number): Promise<Measured> {
  const base64 = (await readFile(photo)).toString('base64');
  return page.evaluate(
    async ({ base64, name, runs }) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const element = document.querySelector<DefectInspectorElement>('defect-inspector')!;
      let longestTask = 0;
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) longestTask = Math.max(longestTask, entry.duration);
      });
      // Let the decoding of the test's own data end before watching.
      await new Promise((resolve) => setTimeout(resolve, 200));
      observer.observe({ type: 'longtask' });
      const timings = [];
      const wall = [];
      let last!: Inspection;
      for (let i = 0; i < runs; i++) {
        // What follows the end of a JPEG or PNG is ignored by decoders and changes the file's hash.
        const file = new File([bytes, crypto.getRandomValues(new Uint8Array(8))], name);
        const start = performance.now();
        last = await element.inspect(file);
        wall.push(performance.now() - start);
        timings.push(last.timing);
        await new Promise((resolve) => setTimeout(resolve, 60));
        element.clear();
      }
      observer.disconnect();
      return { timings, wall, longestTask, last: { ...last, detections: last.detections.length } };
    },
    { base64, name: basename(photo), runs },
  );
}

function hostedStack(photo: string, threads: string): { median: number; size: [number, number] } | undefined {
  const run = spawnSync(values.python, ['bench/hosted_stack.py', photo, '--threads', threads], {
    encoding: 'utf8',
  });
  if (run.status !== 0) {
    console.log(
      `The hosted stack did not run (${values.python}, needs torch and torchvision):\n${run.error ? String(run.error) : run.stderr}`,
    );
    return undefined;
  }
  return JSON.parse(run.stdout.trim().split('\n').at(-1)!) as { median: number; size: [number, number] };
}

const photo = positionals[0] ?? (await defaultPhoto());
const runs = Number(values.runs);
if (!values['no-build']) build();
const site = await serveSite();
const browser = await launchBrowser();
try {
  const page = await openPage(browser, site.url, Number(values.threads));
  const started = Date.now();
  await inspectOften(page, photo, 3);
  console.log(`start and three photos: ${Date.now() - started} ms`);

  // Page, hosted stack, page: a machine that drifts shows itself as a difference between the two halves.
  const first = await inspectOften(page, photo, runs);
  const hosted = hostedStack(photo, values.threads);
  const second = await inspectOften(page, photo, runs);

  const { input, image, model, runtime, detections } = second.last;
  const metrics = JSON.parse(await readFile('dist/models/catalogue.json', 'utf8')) as {
    models: { bytes: number }[];
  };
  console.log(
    `photo ${image.name}: ${image.width} x ${image.height} px, input ${input.width} x ${input.height} px`,
  );
  console.log(
    `model ${model.name} ${model.version}, ${(metrics.models[0]!.bytes / 1e6).toFixed(1)} MB, ${detections} detections`,
  );
  console.log(`runtime ${runtime.provider}, ${runtime.threads} threads`);
  for (const stage of ['decode', 'resample', 'infer', 'post', 'total'] as const)
    console.log(
      `  ${stage.padEnd(9)} ${median([...first.timings, ...second.timings].map((t) => t[stage])).toFixed(1)} ms`,
    );
  console.log(
    `  halves    ${median(first.wall).toFixed(1)} / ${median(second.wall).toFixed(1)} ms from drop to result`,
  );
  const longest = Math.max(first.longestTask, second.longestTask);
  console.log(
    longest < 50
      ? 'main thread: no task of 50 ms or more'
      : `main thread: a task of ${longest.toFixed(0)} ms`,
  );
  const memory = await page.evaluate(async () => {
    const { measureUserAgentSpecificMemory: measure } = performance as {
      measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }>;
    };
    // Not every headless browser lets itself be measured.
    return measure?.call(performance).then(
      ({ bytes }) => bytes,
      () => undefined,
    );
  });
  if (memory) console.log(`memory of page and worker: ${(memory / 1e6).toFixed(0)} MB`);
  if (hosted) {
    const ours = median([...first.wall, ...second.wall]);
    console.log(
      `hosted stack (maskrcnn_resnet50_fpn at ${hosted.size.join('/')}, PyTorch, ${values.threads} threads): ${hosted.median.toFixed(0)} ms`,
    );
    console.log(`the page is ${(hosted.median / ours).toFixed(1)} times faster`);
  }
} finally {
  await browser.close();
  await site.close();
}
