/** Marking as hands do it: each tool with mouse and finger, and what keys do instead. Nothing is inspected or learnt. */
import type { CDPSession, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Point } from '../../src/components/viewer/viewport.js';
import { drop, photos, sample } from './files.js';
import { useStage } from './harness.js';
import { addPhotos, isShown, marks, onPage, pathOf, run, samples, summary, until } from './lessons.js';

const stage = useStage();

/** Presses at the first point, goes by the others, and lets go at the last. */
type Draw = (points: readonly Point[]) => Promise<void>;

interface Hand {
  readonly draw: Draw;
  /** Presses a button of the bar. */
  readonly press: (name: string) => Promise<void>;
}

/** So many photos of which nothing is said, and a lesson with three classes. */
async function lesson(count: number, like = {}) {
  const opened = await stage.open({ like });
  const { page } = opened;
  const list = (await samples()).photos.slice(0, count);
  await run(page, 'lesson.start', { name: 'Caps' });
  await addPhotos(page, list.map(pathOf));
  await run(page, 'photos.pause');
  for (const name of ['scratch', 'dent', 'bare spot']) await run(page, 'lesson.add-class', { name });
  await run(page, 'lesson.choose-class', { id: 1 });
  await isShown(page, list[0]!.file);
  await bar(page).waitFor();
  return opened;
}

const bar = (page: Page) => page.getByRole('toolbar', { name: 'Marking' });
const tool = (page: Page, name: string) => bar(page).getByRole('button', { name, exact: true });

const mouse = (page: Page): Hand => ({
  press: (name) => tool(page, name).click(),
  draw: async (points) => {
    const [first, ...rest] = await onPage(page, points);
    await page.mouse.move(first!.x, first!.y);
    await page.mouse.down();
    for (const { x, y } of rest) await page.mouse.move(x, y);
    await page.mouse.up();
  },
});

async function finger(page: Page): Promise<Hand> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly Point[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: [...points] });
  return {
    press: async (name) => {
      const pressed = tool(page, name).and(page.locator('[aria-pressed="true"]'));
      // A browser makes a click of a tap some time after it; on a busy machine it takes some taps for long presses, which are none.
      for (let tries = 0; tries < 5; tries++) {
        await tool(page, name).tap();
        if (
          await pressed.waitFor({ timeout: 2000 }).then(
            () => true,
            () => false,
          )
        )
          return;
      }
      throw new Error(`${name} can't be pressed.`);
    },
    draw: async (points) => {
      const [first, ...rest] = await onPage(page, points);
      await touch('touchStart', [first!]);
      for (const point of rest) await touch('touchMove', [point]);
      await touch('touchEnd', []);
    },
  };
}

/** Until the photo that is shown has one mark, of about that area (3 %), photo pixels. */
async function untilMarked(page: Page, area: number): Promise<Awaited<ReturnType<typeof marks>>[number]> {
  await expect
    .poll(async () => (await marks(page)).map((one) => Math.abs(one.area / area - 1) < 0.03))
    .toEqual([true]);
  return (await marks(page))[0]!;
}

describe.each(['mouse', 'touch'])('by %s', (kind) => {
  async function begun() {
    const opened = await lesson(1, { hasTouch: kind === 'touch' });
    return { ...opened, hand: kind === 'touch' ? await finger(opened.page) : mouse(opened.page) };
  }

  test('brush and eraser paint and take away, as wide as they are', async () => {
    const { page, errors, hand } = await begun();
    await run(page, 'lesson.brush', { radius: 8 });
    await hand.press('Brush');
    await hand.draw([
      { x: 200, y: 150 },
      { x: 230, y: 150 },
      { x: 260, y: 150 },
    ]);
    const { x, y, width, height } = await untilMarked(page, 60 * 16 + Math.PI * 64);
    for (const [is, wanted] of [
      [x, 192],
      [y, 142],
      [x + width, 268],
      [y + height, 158],
    ] as const)
      expect(Math.abs(is - wanted)).toBeLessThanOrEqual(1);
    await hand.press('Eraser');
    await hand.draw([
      { x: 240, y: 150 },
      { x: 280, y: 150 },
    ]);
    await untilMarked(page, 40 * 16);
    expect(errors).toEqual([]);
  });

  test('a rectangle goes from corner to corner', async () => {
    const { page, errors, hand } = await begun();
    await hand.press('Rectangle');
    await hand.draw([
      { x: 100, y: 100 },
      { x: 130, y: 110 },
      { x: 180, y: 160 },
    ]);
    await untilMarked(page, 80 * 60);
    expect(errors).toEqual([]);
  });

  test('a polygon is closed at its first corner', async () => {
    const { page, errors, hand } = await begun();
    await hand.press('Polygon');
    const corners = [
      { x: 300, y: 100 },
      { x: 400, y: 100 },
      { x: 400, y: 200 },
      { x: 300, y: 200 },
    ];
    for (const corner of [...corners, corners[0]!]) await hand.draw([corner]);
    await untilMarked(page, 10_000);
    expect(errors).toEqual([]);
  });
});

test('keys say that a photo is good, or all that are selected, and take it back', async () => {
  const { page, errors } = await lesson(4);
  await page.keyboard.press('g');
  await until(page, { said: ['good', '', '', ''] });
  await page.keyboard.press('g');
  await until(page, { said: ['', '', '', ''] });
  await photos(page).nth(1).getByRole('button').first().click();
  await photos(page)
    .nth(3)
    .getByRole('button')
    .first()
    .click({ modifiers: ['Shift'] });
  await page.getByText('3 selected').waitFor();
  await page.keyboard.press('g');
  await until(page, { said: ['', 'good', 'good', 'good'] });
  expect(errors).toEqual([]);
});

test('digits choose the class of the next mark, and of one that is selected', async () => {
  const { page, errors } = await lesson(1);
  await page.keyboard.press('2');
  await until(page, { classId: 2 });
  await page.keyboard.press('r');
  await until(page, { tool: 'rectangle' });
  const { draw } = mouse(page);
  await draw([
    { x: 100, y: 100 },
    { x: 180, y: 160 },
  ]);
  await until(page, { said: ['2'] });
  await page.keyboard.press('m');
  await until(page, { tool: 'move' });
  await draw([{ x: 140, y: 130 }]);
  await bar(page).getByRole('button', { name: 'Remove the selected mark' }).waitFor();
  await page.keyboard.press('3');
  await until(page, { said: ['3'], classId: 2 });
  await page.keyboard.press('Delete');
  await until(page, { said: [''] });
  expect(errors).toEqual([]);
});

test('keys alone mark, from the tool to the mark', async () => {
  const { page, errors } = await lesson(1);
  await page.keyboard.press('r');
  await until(page, { tool: 'rectangle' });
  // The photo has the focus by now: arrows move the crosshair.
  await page.keyboard.press('Enter');
  for (const key of ['ArrowRight', 'Enter', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'Enter'])
    await page.keyboard.press(key);
  await until(page, { said: ['1'] });
  const [{ width, height } = { width: 0, height: 0 }] = await marks(page);
  expect(Math.min(width, height)).toBeGreaterThan(10);
  expect(errors).toEqual([]);
});

test('every step is undone and done again, by keys', async () => {
  const { page, errors } = await lesson(2);
  const { draw, press } = mouse(page);
  await press('Rectangle');
  for (const left of [50, 150, 250])
    await draw([
      { x: left, y: 100 },
      { x: left + 40, y: 140 },
    ]);
  await until(page, { said: ['1 1 1', ''] });
  await page.keyboard.press('n');
  await until(page, { shown: 1 });
  await page.keyboard.press('g');
  const last = { said: ['1 1 1', 'good'] };
  await until(page, last);
  await photos(page).first().getByRole('button').first().click();
  await until(page, { shown: 0 });
  for (const said of [
    ['1 1 1', ''],
    ['1 1', ''],
    ['1', ''],
    ['', ''],
  ]) {
    await page.keyboard.press('Control+z');
    await until(page, { said });
  }
  for (let i = 0; i < 4; i++) await page.keyboard.press('Control+Shift+z');
  await until(page, last);
  // What is done again is shown.
  expect((await summary(page))?.shown).toBe(1);
  expect(errors).toEqual([]);
});

test('a defect that the present model has found is accepted by its key, under its name', async () => {
  const { page, errors } = await stage.open();
  await run(page, 'lesson.start', { name: 'Screws' });
  await drop(page, [await sample()]);
  await until(page, { done: 1 });
  await page.keyboard.press('j');
  await page.keyboard.press('a');
  await until(page, { said: ['1'], classes: ['pitting'] });
  expect(errors).toEqual([]);
});
