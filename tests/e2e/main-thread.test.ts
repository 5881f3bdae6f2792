/** Photos of many megapixels never keep the page's own thread from answering. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useStage, type OpenPage } from './harness.js';

const stage = useStage();

/** Milliseconds. */
const LIMIT = 50;

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly name?: string };
  /** Microseconds on the processor. */
  readonly tdur?: number;
}

/**
 * The longest tasks of the page's thread while something happens, in milliseconds on the processor: those of the clock tell as much
 * of other programs, which may use the cores, too.
 */
async function longestTasks({ page }: OpenPage, work: () => Promise<void>): Promise<number[]> {
  await stage.browser.startTracing(page, { categories: ['toplevel'] });
  await work();
  const { traceEvents } = JSON.parse((await stage.browser.stopTracing()).toString()) as {
    traceEvents: readonly TraceEvent[];
  };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const threads = traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain',
  );
  const pages = new Set(threads.map(threadOf));
  const tasks = traceEvents.filter((one) => one.name.endsWith('RunTask') && pages.has(threadOf(one)));
  expect(tasks).not.toEqual([]);
  return tasks.map(({ tdur = Infinity }) => tdur / 1000).sort((a, b) => b - a);
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'main-thread-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A grainy surface, 3 to 2. */
async function photo(megapixels: number): Promise<string> {
  const width = Math.round(Math.sqrt(megapixels * 1.5e6));
  const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const;
  const create = {
    width,
    height: Math.round(width / 1.5),
    channels: 3,
    background: '#808080',
    noise,
  } as const;
  const path = join(folder, `${megapixels}.jpg`);
  await sharp({ create }).jpeg({ quality: 90 }).toFile(path);
  return path;
}

/** Hands the page a photo from the disk, and waits until it is inspected and has been shown for a while. */
async function inspect({ page }: OpenPage, path: string): Promise<number> {
  await page.evaluate(() => {
    const element = document.querySelector('defect-inspector')!;
    const inspected = new Promise<number>((resolve, reject) => {
      element.addEventListener('defect-result', ({ detail }) => resolve(detail.input.tiles), { once: true });
      element.addEventListener('defect-error', ({ detail }) => reject(detail.error), { once: true });
    });
    Object.assign(globalThis, { inspected });
  });
  await page.locator('input[type="file"][multiple]').first().setInputFiles(path);
  const tiles = await page.evaluate(
    () => (globalThis as unknown as { inspected: Promise<number> }).inspected,
  );
  await page.waitForTimeout(1000);
  return tiles;
}

test.each([
  [24, 30],
  [100, 80],
])(
  '%i megapixels are opened, shown and inspected in tiles',
  async (megapixels, smallest) => {
    const opened = await stage.open({ url: `${stage.site.url}?detail=thorough&smallest=${smallest}` });
    await inspect(opened, 'public/samples/ball-screw-pitting.jpg');
    const path = await photo(megapixels);
    const tasks = await longestTasks(opened, async () => {
      expect(await inspect(opened, path)).toBeGreaterThan(4);
    });
    expect(tasks[0]).toBeLessThan(LIMIT);
  },
  400_000,
);

test('a task that does keep it is noticed', async () => {
  const opened = await stage.open();
  const tasks = await longestTasks(opened, () =>
    opened.page.evaluate((limit) => {
      for (const end = performance.now() + 20 * limit; performance.now() < end;);
    }, LIMIT),
  );
  expect(tasks[0]).toBeGreaterThan(LIMIT);
});
