/**
 * `npm run bench:teach -- DIST [--good 10] [--marked 5] [--max-learning 60] [--max-photo 1.1]`
 *
 * What teaching costs, in times of what the shipped model takes for one of the photos at the same scale: learning, from the call to a model that is ready,
 * and a photo afterwards, by a model of marks and by one of good photos alone. Photos are drawn, 480 x 320 pixels, which are network pixels for both. The most
 * memory that the browser's processes took while learning, and how long the page's own thread was busy at a time, are named as well. Fails above the limits, which are those of 15 photos.
 */
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { median } from '../scripts/median.js';
import { serveSite } from '../scripts/site.js';
import { emptyPage } from './empty-page.js';
import { launchMeasurable, totalOf, watchPeak } from './browser-memory.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    good: { type: 'string', default: '10' },
    marked: { type: 'string', default: '5' },
    'max-learning': { type: 'string', default: '60' },
    'max-photo': { type: 'string', default: '1.1' },
  },
});
const [root = 'dist'] = positionals;
const [good, marked] = [Number(values.good), Number(values.marked)];

type Module = typeof import('../src/index.js');

/** Milliseconds. */
interface Times {
  readonly learning: number;
  /** For how long the page's own thread was busy at a time while learning, at most; 0: never for 50 ms. */
  readonly blocked: number;
  readonly photos: number[];
  readonly shipped: number[];
}

/** Inspects by the shipped model, learns, inspects by what was learnt, and by the shipped model again. */
const teachAndTime = (
  page: Page,
  lesson: { readonly good: number; readonly marked: number },
): Promise<Times> =>
  page.evaluate(async ({ good, marked }) => {
    const [width, height, side] = [480, 320, 24];
    const run = async (): Promise<Times> => {
      const { createDetector, teach } = (await import(
        new URL('defect-inspector.js', document.baseURI).href
      )) as Module;
      let drawn = 0;
      const draw = async (isMarked: boolean): Promise<{ image: Blob; x: number; y: number }> => {
        const canvas = new OffscreenCanvas(width, height);
        const context = canvas.getContext('2d')!;
        for (let y = 0; y < height; y++) {
          const light = 120 + 30 * Math.random();
          context.fillStyle = `rgb(${light}, ${light}, ${light + 8})`;
          context.fillRect(0, y, width, 1);
        }
        const [x, y] = [(37 * ++drawn) % (width - side), (53 * drawn) % (height - side)];
        context.fillStyle = '#282420';
        if (isMarked) context.fillRect(x, y, side, side);
        return { image: await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 }), x, y };
      };
      const several = (count: number, isMarked: boolean) =>
        Promise.all(Array.from({ length: count }, () => draw(isMarked)));
      const timesOf = async (model?: Blob): Promise<number[]> => {
        const detector = await createDetector(model && { model });
        const times: number[] = [];
        for (const { image } of await several(12, true))
          times.push((await detector.inspect(image, { detail: 'thorough' })).timing.total);
        detector.dispose();
        // The first ones pay for what the runtime sets up once.
        return times.slice(2);
      };
      const before = await timesOf();
      const counts = Uint32Array.of(0, side * side);
      const lesson = {
        good: (await several(good, false)).map(({ image }) => image),
        marked: (await several(marked, true)).map(({ image, x, y }) => ({
          image,
          regions: [{ classId: 1, region: { x, y, width: side, height: side, counts } }],
        })),
        classes: [{ id: 1, name: 'pit' }],
      };
      let blocked = 0;
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) blocked = Math.max(blocked, duration);
      });
      observer.observe({ type: 'longtask' });
      const begin = performance.now();
      const { model } = await teach(lesson);
      (await createDetector({ model })).dispose();
      const learning = performance.now() - begin;
      observer.disconnect();
      const photos = await timesOf(model);
      return { learning, blocked, photos, shipped: [...before, ...(await timesOf())] };
    };
    const pending = run();
    // The debugger's protocol drops a promise that nothing but itself refers to.
    Object.assign(globalThis, { pending });
    return pending;
  }, lesson);

const site = await serveSite({ root });
try {
  for (const lesson of [
    { good, marked },
    { good: good + marked, marked: 0 },
  ]) {
    const browser = await launchMeasurable();
    try {
      const page = await emptyPage(browser, site.url);
      const end = await watchPeak(browser);
      const { learning, blocked, photos, shipped } = await teachAndTime(page, lesson);
      const peak = totalOf(await end());
      const one = median(shipped);
      const ratios = { learning: learning / one, photo: median(photos) / one };
      console.log(
        `${lesson.good} good and ${lesson.marked} marked photos: learning ${ratios.learning.toFixed(1)} times, a photo afterwards ${ratios.photo.toFixed(2)} times ` +
          `what the shipped model takes for one (${one.toFixed(0)} ms; learning ${(learning / 1000).toFixed(1)} s; at most ${(peak / 1e6).toFixed(0)} MB; ` +
          `the page's own thread busy for ${blocked.toFixed(0)} ms at a time at most)`,
      );
      if (ratios.learning > Number(values['max-learning']) || ratios.photo > Number(values['max-photo']))
        process.exitCode = 1;
    } finally {
      await browser.close();
    }
  }
} finally {
  await site.close();
}
