/** Teaching as a newcomer meets it: led through a lesson on sample parts, marking with the mouse, learning, looking. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { fit, toPane } from '../../src/components/viewer/viewport.js';
import { decodeRle } from '../../src/core/regions/rle.js';
import type { Region } from '../../src/core/types.js';
import { parseSamples } from '../../src/workbench/lessons/walk-samples.js';
import { photos } from './files.js';
import { useStage } from './harness.js';

const stage = useStage();

const SIZE = { width: 640, height: 480 };

const samples = async () =>
  parseSamples(JSON.parse(await readFile('public/samples/lesson/lesson.json', 'utf8')));

/** Paints along the middle of a region, column by column, with the brush that is chosen. */
async function paint(page: Page, region: Region): Promise<void> {
  const pane = (await page.locator('defect-viewer canvas').last().boundingBox())!;
  const viewport = fit(SIZE, pane);
  const at = ({ x, y }: { x: number; y: number }) => {
    const point = toPane(viewport, { x, y });
    return [pane.x + point.x, pane.y + point.y] as const;
  };
  const points = middleOf(region);
  await page.mouse.move(...at(points[0]!));
  await page.mouse.down();
  for (const point of points) await page.mouse.move(...at(point));
  await page.mouse.up();
}

/** The middle of each of its columns that holds something, every fourth one. */
function middleOf({ x, y, width, height, counts }: Region): { x: number; y: number }[] {
  const mask = decodeRle({ size: [height, width], counts: [...counts] });
  return Array.from({ length: Math.ceil(width / 4) }, (_, i) => 4 * i).flatMap((column) => {
    const rows = Array.from({ length: height }, (_, row) => row).filter((row) => mask[row * width + column]);
    const middle = rows[Math.floor(rows.length / 2)];
    return middle === undefined ? [] : [{ x: x + column + 0.5, y: y + middle + 0.5 }];
  });
}

test('a newcomer is led through a lesson: good photos, marks, learning, and what it finds in others', async () => {
  const { photos: listed } = await samples();
  const marked = listed.filter(({ isTaught, isGood }) => isTaught && !isGood);
  // High enough for all rows of the list.
  const { page, errors } = await stage.open({ height: 1500 });
  const began = Date.now();
  await page.getByRole('button', { name: 'Try it with sample parts' }).click();
  const walk = page.getByRole('group', { name: 'Walk-through' });
  const step = walk.getByRole('status');

  await step.filter({ hasText: 'has no defect' }).waitFor();
  // Whoever can't see the page is where it is said what to do.
  await expect.poll(() => page.evaluate(focusedText)).toBe('Do it for me');
  await page.keyboard.press('g');
  await step.filter({ hasText: 'once for all' }).waitFor();
  await page.getByText('4 selected').waitFor();
  await page.keyboard.press('g');

  for (const { file, marks } of marked) {
    await step.filter({ hasText: 'This one has a defect' }).waitFor();
    // The name changes with the picture, once it is decoded.
    await page.locator('defect-viewer').getByTitle(file).waitFor();
    await paint(page, marks[0]!.region);
    await step.filter({ hasText: 'Marked' }).waitFor();
    await walk.getByRole('button', { name: 'Go on' }).click();
  }
  await step.filter({ hasText: 'Press Learn' }).waitFor();
  await page.getByRole('list', { name: 'Steps' }).getByRole('button', { name: 'Learn' }).click();
  await step.filter({ hasText: 'worst first' }).waitFor({ timeout: 90_000 });
  const figures = page.getByRole('region', { name: 'What it can do' });
  expect(await figures.textContent()).toContain('Tested on photos that it had not seen.');

  await page.getByText('All done').waitFor({ timeout: 60_000 });
  await expect
    .poll(() => page.getByRole('combobox', { name: 'Order of the photos' }).inputValue())
    .toBe('worst');
  const rows = await photos(page).allTextContents();
  const bad = new Set(listed.filter(({ isGood }) => !isGood).map(({ file }) => file));
  const outcome = rows.map((row) => ({
    isBad: bad.has(/cap-\d+\.webp/.exec(row)?.[0] ?? ''),
    defects: Number(/(\d+) defects? above/.exec(row)?.[1]),
  }));
  expect(outcome).toHaveLength(listed.length);
  const [first, last] = [outcome.slice(0, bad.size), outcome.slice(bad.size)];
  expect(first.filter(({ isBad, defects }) => isBad && defects > 0).length).toBeGreaterThanOrEqual(
    bad.size - 1,
  );
  expect(last.filter(({ defects }) => defects > 0).length).toBeLessThanOrEqual(2);

  await walk.getByRole('button', { name: 'Do it for me' }).click();
  await step.filter({ hasText: 'your own part' }).waitFor();
  // Two minutes are promised to a person, who takes longer to read than this test, on a page that is not watched.
  expect(Date.now() - began).toBeLessThan(120_000);

  await walk.getByRole('button', { name: 'Teach my own part' }).click();
  await page.getByRole('heading', { name: 'Teach: My part' }).waitFor();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await photos(page).first().waitFor();
  expect(errors).toEqual([]);
});

const focusedText = (): string | undefined => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at?.textContent.trim();
};
