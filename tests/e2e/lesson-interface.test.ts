/** The states of teaching as a page: sizes, themes, forced colours, little room. Nothing is inspected or learnt. */
import { readFile } from 'node:fs/promises';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Learning } from '../../src/workbench/lessons/state.js';
import { useStage } from './harness.js';
import { addPhotos, isShown, mark, pathOf, run, samples, type Host } from './lessons.js';

const stage = useStage();

/** Marked with a brush, and the sheet of a phone half open. */
async function marking(page: Page): Promise<void> {
  const list = (await samples()).photos.slice(4, 8);
  await run(page, 'lesson.start', { name: 'Caps' });
  await addPhotos(page, list.map(pathOf));
  await run(page, 'photos.pause');
  for (const name of ['scratch', 'dent', 'bare spot']) await run(page, 'lesson.add-class', { name });
  await run(page, 'lesson.good');
  await run(page, 'photo.next');
  await mark(page, 1, list[1]!.marks[0]!.region);
  await run(page, 'lesson.tool', { tool: 'brush' });
  await isShown(page, list[1]!.file);
  await page.getByRole('toolbar', { name: 'Marking' }).waitFor();
}

/** What learning has come to, as if it had. */
const come = (page: Page, learning: object): Promise<void> =>
  page.evaluate((given) => {
    const { workbench } = document.querySelector<Host>('defect-inspector')! as unknown as {
      workbench: { state: { teaching: object }; store: { update(patch: object): void } };
    };
    workbench.store.update({ teaching: { ...workbench.state.teaching, learning: given } });
  }, learning);

const LEARNING: Partial<Record<string, Partial<Learning>>> = {
  marking: undefined,
  learning: {
    kind: 'learning',
    progress: { phase: 'describing', done: 4.5, total: 11, timeLeft: 14_000 },
  },
  learnt: {
    kind: 'learnt',
    figures: { marked: 6, good: 5, found: 6, falseAlarms: 0, folds: 5 },
    doubts: [
      { reason: 'class-in-one-photo', params: { name: 'dent' } },
      { reason: 'photo-of-other-look', params: { name: 'cap-05.webp' } },
    ],
    seconds: 9,
  },
};

/** Until what was changed is on the screen. */
const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(await readFile('node_modules/axe-core/axe.min.js', 'utf8'));
  return page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as { axe: typeof axe };
    const { violations: found } = await tool.run();
    return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  });
}

const height = async (page: Page, part: string): Promise<number> =>
  (await page.locator(part).first().boundingBox())!.height;

describe.each([
  ['wide', { width: 1440, height: 900 }],
  ['a tablet', { width: 820, height: 1180 }],
  ['a phone', { width: 390, height: 844 }],
  ['a page at 200 %', { width: 640, height: 450 }],
  ['320 px', { width: 320, height: 640 }],
])('%s', (_, size) => {
  test.each(['light', 'dark'] as const)(
    'nothing is wrong with any state, and nothing is cut off: %s',
    async (theme) => {
      const { page, errors } = await stage.open({
        ...size,
        like: { colorScheme: theme, reducedMotion: 'reduce' },
      });
      expect(await violations(page)).toEqual([]);
      await marking(page);
      for (const [state, learning] of Object.entries(LEARNING)) {
        if (learning) await come(page, learning);
        if (size.width <= 640)
          await page.locator('defect-sheet').evaluate((sheet) => sheet.setAttribute('stop', 'half'));
        await drawn(page);
        expect([state, await violations(page)]).toEqual([state, []]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wide).toBeLessThanOrEqual(0);
      }
      expect(errors).toEqual([]);
    },
  );
});

test('on a phone the photo that is marked keeps half of the height, whether the sheet is down or half open', async () => {
  const size = { width: 390, height: 844 };
  const { page } = await stage.open({ ...size, like: { hasTouch: true } });
  await marking(page);
  for (const stop of ['peek', 'half'] as const) {
    await page.locator('defect-sheet').evaluate((sheet, to) => sheet.setAttribute('stop', to), stop);
    if (stop === 'half')
      await expect.poll(() => height(page, 'defect-viewer .stage')).toBeGreaterThanOrEqual(size.height / 2);
    else expect(await height(page, 'defect-viewer .stage')).toBeGreaterThan(0.47 * size.height);
    const [sheet, photo] = await Promise.all(
      ['defect-sheet', 'defect-viewer .stage'].map((part) => page.locator(part).first().boundingBox()),
    );
    expect(photo!.y + photo!.height).toBeLessThanOrEqual(sheet!.y + 1);
  }
  // Every tool says what it is, and nothing is said over the photo.
  const bar = page.getByRole('toolbar', { name: 'Marking' });
  for (const name of ['Move', 'Brush', 'Eraser', 'Polygon', 'Rectangle', 'Undo', 'scratch', 'dent'])
    expect(await bar.getByText(name, { exact: true }).first().isVisible(), name).toBe(true);
  expect(await page.locator('defect-photo-status .progress').count()).toBe(0);
});

test('in forced colours, marks, the brush and the state of the lesson are seen', async () => {
  const { page } = await stage.open({ like: { forcedColors: 'active', reducedMotion: 'reduce' } });
  await marking(page);
  expect(await violations(page)).toEqual([]);
  const chosen = page.getByRole('toolbar', { name: 'Marking' }).getByRole('button', { name: 'Brush' });
  const other = page.getByRole('toolbar', { name: 'Marking' }).getByRole('button', { name: 'Eraser' });
  const look = (button: typeof chosen) =>
    button.evaluate((one) => {
      const { backgroundColor, borderColor, color } = getComputedStyle(one);
      return [backgroundColor, borderColor, color].join();
    });
  expect(await look(chosen)).not.toBe(await look(other));
  // The brush is drawn on the photo, where the mouse is.
  const pane = (await page.locator('defect-viewer canvas.sketch').boundingBox())!;
  await page.mouse.move(pane.x + pane.width / 2, pane.y + pane.height / 2);
  await expect
    .poll(() =>
      page.locator('defect-viewer canvas.sketch').evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return data.some((value) => value > 0);
      }),
    )
    .toBe(true);
});

describe('teaching whose parts did not come', () => {
  test('is left, said, and asks for them again at the next try', async () => {
    const { page, context } = await stage.open({ like: { serviceWorkers: 'block' } });
    await addPhotos(page, (await samples()).photos.slice(0, 1).map(pathOf));
    const parts = /assets\/(lesson|marking)-[\w-]+\.js$/;
    await context.route(parts, (route) => route.abort());
    const teach = page.getByRole('button', { name: 'Teach', exact: true });
    await teach.click();
    const said = page.locator('.banner').filter({ hasText: 'Teaching could not be loaded.' });
    await said.waitFor();
    await page.waitForFunction(
      () => document.querySelector<Host>('defect-inspector')!.workbench.state.teaching === undefined,
    );
    await context.unroute(parts);
    await teach.click();
    await page.locator('defect-lesson').getByRole('button', { name: 'Learn' }).waitFor();
    await page.getByRole('toolbar', { name: 'Marking' }).waitFor();
    await said.waitFor({ state: 'detached' });
  });
});
