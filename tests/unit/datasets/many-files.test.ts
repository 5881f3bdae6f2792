/** However many files there are, the thread that looks through them is a page's. */
import { describe, expect, it } from 'vitest';
import { folderSource } from '../../../src/datasets/folder.js';
import type { KnownFile } from '../../../src/datasets/kind.js';
import { looksAnnotated } from '../../../src/datasets/looks-annotated.js';
import { splitMasks } from '../../../src/datasets/masks.js';
import { zipSource } from '../../../src/datasets/zip.js';
import { inNaturalOrder } from '../../../src/workbench/intake/natural-order.js';
import { buildZip } from './zip-builder.js';

/**
 * The share of the work that its longest task took, 0..1, by the time of this process: other programs don't count. The least of a few
 * tries, since collecting garbage falls into one task or another: what can't be divided is long every time.
 */
async function shareOfLongestTask(work: () => Promise<unknown>): Promise<number> {
  let least = 1;
  for (let tries = 0; tries < 4 && least >= LONG; tries++) least = Math.min(least, await shareOnce(work));
  return least;
}

async function shareOnce(work: () => Promise<unknown>): Promise<number> {
  const spent = () => process.cpuUsage().user / 1000;
  const begun = spent();
  let [longest, last, isDone] = [0, begun, false];
  const tick = () => {
    const now = spent();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isDone) setImmediate(tick);
  };
  setImmediate(tick);
  await work();
  isDone = true;
  const end = spent();
  return Math.max(longest, end - last) / (end - begun);
}

/** In all, looking through these takes about a second. */
const MANY = 60_000;
/** Of the work. In one go it would be all of it; collecting garbage and comparing a last few thousand names can't be divided. */
const LONG = 0.4;

describe('the thread is let go all the time', () => {
  it('while the directory of a ZIP is read', { timeout: 60_000 }, async () => {
    const inputs = Array.from({ length: MANY }, (_, i) => ({
      name: `line/${i}.png`,
      data: 'x',
      isStored: true,
    }));
    const zip = new Blob([buildZip(inputs)]);
    let files = 0;
    const longest = await shareOfLongestTask(
      async () => (files = (await zipSource(zip, 'line.zip')).files.length),
    );
    expect(files).toBe(MANY);
    expect(longest).toBeLessThan(LONG);
  });

  it('while a folder is listed, in the order that people count in', { timeout: 60_000 }, async () => {
    const names = Array.from({ length: MANY }, (_, i) => `part ${(i * 7919) % MANY}.png`);
    const files = names.map((name) => ({ name, path: `line/${name}`, file: new File([], name) }));
    let listed: readonly string[] = [];
    const longest = await shareOfLongestTask(async () => {
      const source = await folderSource({ name: 'line', files: await inNaturalOrder(files) });
      listed = source.files.map(({ path }) => path);
    });
    expect(listed).toHaveLength(MANY);
    expect(listed.findIndex((path, i) => path !== `line/part ${i}.png`)).toBe(-1);
    expect(longest).toBeLessThan(LONG);
  });

  it('while masks are told from photos, and annotations looked for', { timeout: 60_000 }, async () => {
    const files = Array.from({ length: MANY }, (_, i) => ({
      path: i % 2 ? `line/${i}.png` : `line/masks/${i + 1}.png`,
      blob: async () => new Blob([]),
    }));
    const texts = files.map((file): KnownFile => ({ file, kind: 'text', head: 'no label' }));
    let found: unknown;
    const longest = await shareOfLongestTask(async () => {
      const { photos, masks } = await splitMasks(files, []);
      found = [photos.length, masks.length, await looksAnnotated(texts)];
    });
    expect(found).toEqual([MANY / 2, MANY / 2, false]);
    expect(longest).toBeLessThan(LONG);
  });
});
