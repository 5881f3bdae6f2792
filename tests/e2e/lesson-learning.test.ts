/** Learning on the page: begun, cancelled, done, done again after a change; what to mark next; the model as a file. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import sharp from 'sharp';
import { rectangleRegion } from '../../src/core/regions/drawn.js';
import { drop } from './files.js';
import { useStage } from './harness.js';
import { addPhotos, mark, modelInUse, pathOf, run, samples, summary, until, type Host } from './lessons.js';

const stage = useStage();

/** Two good photos, two with a scratch, and one of each to be tried. */
const CHOSEN = [0, 1, 5, 8, 11, 12];

async function begun(page: Page) {
  const all = (await samples()).photos;
  const chosen = CHOSEN.map((at) => all[at]!);
  await run(page, 'lesson.start', { name: 'Caps' });
  await addPhotos(page, chosen.map(pathOf));
  await run(page, 'photos.pause');
  await run(page, 'lesson.add-class', { name: 'scratch' });
  await say(page, [0, 1]);
  for (const at of [2, 3]) await mark(page, at, chosen[at]!.marks[0]!.region);
  return chosen;
}

/** Says of photos that they are good, by their places. */
const say = (page: Page, places: readonly number[]): Promise<void> =>
  page.evaluate((given) => {
    const host = document.querySelector<Host>('defect-inspector')!;
    const { photos } = host.workbench.state;
    host.run('lesson.good', { ids: given.map((place) => photos[place]!.id) });
  }, places);

/** Names and classes of what is reported on each photo, in the order in which they came. */
const found = (page: Page) =>
  page.evaluate(() => {
    const { photos } = document.querySelector<Host>('defect-inspector')!.workbench.state;
    return photos.map(({ output }) =>
      output?.detections.map(({ className, score, box }) => [
        className,
        score.toFixed(4),
        ...box.map(Math.round),
      ]),
    );
  });

test('a lesson is cancelled, learnt, corrected and learnt again, and its model is a file that others use', async () => {
  const { page, errors } = await stage.open();
  const chosen = await begun(page);
  await page.keyboard.press('l');
  const panel = page.getByRole('region', { name: 'Lesson: Caps' });
  await panel.getByRole('progressbar').waitFor();
  await panel.getByRole('button', { name: 'Cancel' }).click();
  await until(page, { kind: 'not-yet', choice: 'shipped' });
  expect(await panel.getByRole('progressbar').count()).toBe(0);

  await panel.getByRole('button', { name: 'Learn', exact: true }).click();
  await until(page, { kind: 'learnt', choice: 'visit' });
  await run(page, 'photos.resume');
  await until(page, { done: CHOSEN.length, next: 2 });
  await panel.getByRole('region', { name: 'What it can do' }).waitFor();

  // What to mark next: a photo of which nothing is said, and the place in it.
  const places = page.locator('defect-next-places').getByRole('button');
  await places.first().click();
  await expect.poll(async () => (await summary(page))!.shown).toBeGreaterThan(3);
  const { shown } = (await summary(page))!;
  await expect.poll(() => zoom(page)).toBeGreaterThan(150);

  if (chosen[shown]!.isGood) await page.keyboard.press('g');
  else await mark(page, shown, chosen[shown]!.marks[0]!.region);
  await until(page, { isOutdated: true });
  // Where it is quick it is learnt again by itself.
  await run(page, 'lesson.learn');
  await until(page, { kind: 'learnt', isOutdated: false, next: 1, done: CHOSEN.length });

  await page.locator('defect-lesson summary').click();
  const download = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Model (.onnx)' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('Caps.onnx');
  const buffer = await readFile(await file.path());
  const here = await found(page);
  expect(here.flat()).not.toEqual([]);

  const { page: other, errors: others } = await stage.open();
  await drop(other, [{ name: 'Caps.onnx', mimeType: 'application/octet-stream', buffer }]);
  await expect.poll(() => modelInUse(other), { timeout: 30_000 }).toBe('Caps');
  await addPhotos(other, chosen.map(pathOf));
  await expect
    .poll(
      () =>
        other.evaluate(() => document.querySelector<Host>('defect-inspector')!.workbench.state.totals.done),
      { timeout: 60_000 },
    )
    .toBe(CHOSEN.length);
  expect(await found(other)).toEqual(here);
  expect([errors, others]).toEqual([[], []]);
}, 400_000);

/** Per cent. */
const zoom = async (page: Page): Promise<number> =>
  parseInt((await page.locator('defect-viewer output').first().textContent()) ?? '', 10);

test('a lesson of sixty photos is learnt', async () => {
  const { page, errors } = await stage.open();
  const size = { width: 160, height: 120 };
  const spot = (i: number) => ({ left: 20 + ((i * 37) % 100), top: 20 + ((i * 23) % 70) });
  const isBad = (i: number) => i % 4 === 0;
  const files = await Promise.all(
    Array.from({ length: 60 }, async (_, i) => {
      const buffer = await sharp(grain(size, i), { raw: { ...size, channels: 3 } })
        .composite(isBad(i) ? [{ input: DOT, ...spot(i) }] : [])
        .png()
        .toBuffer();
      return { name: `part-${String(i).padStart(2, '0')}.png`, mimeType: 'image/png', buffer };
    }),
  );
  await run(page, 'lesson.start', { name: 'Spots' });
  await drop(page, files);
  await until(page, { total: 60 });
  await run(page, 'photos.pause');
  await say(
    page,
    files.flatMap((_, i) => (isBad(i) ? [] : [i])),
  );
  for (const i of files.keys()) {
    if (!isBad(i)) continue;
    const { left: x, top: y } = spot(i);
    await mark(page, i, rectangleRegion({ x, y }, { x: x + DOT_SIZE, y: y + DOT_SIZE }, size)!);
  }
  await run(page, 'lesson.learn');
  await until(page, { kind: 'learnt' });
  const figures = await page.evaluate(() => {
    const { learning } = document.querySelector<Host>('defect-inspector')!.workbench.state.teaching!;
    return learning.kind === 'learnt' ? learning.figures : undefined;
  });
  expect(figures).toMatchObject({ marked: 15, good: 45 });
  expect(figures!.found).toBeGreaterThanOrEqual(13);
  expect(figures!.falseAlarms).toBeLessThanOrEqual(3);
  expect(errors).toEqual([]);
}, 400_000);

const DOT_SIZE = 16;
/** A dark dot. */
const DOT = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><circle cx="8" cy="8" r="8" fill="#201008"/></svg>`,
);

/** Grey with a grain that is another one for each photo, and the same every time. */
function grain({ width, height }: { width: number; height: number }, seed: number): Uint8Array {
  let state = 1 + seed;
  return Uint8Array.from({ length: 3 * width * height }, () => {
    state = (state * 48271) % 2147483647;
    return 140 + (state % 24);
  });
}
