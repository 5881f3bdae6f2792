/** How thoroughly photos are looked at: the choice, an area, tiles under way, and what was seen otherwise. */
import sharp from 'sharp';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { drop, photos, type NamedFile } from './files.js';
import { useStage } from './harness.js';

const stage = useStage();

/** Grey, with some dark spots: large enough for several tiles, and small enough for a slow machine. */
async function largePhoto(name: string): Promise<NamedFile> {
  const [width, height] = [2000, 1200];
  const spots = [
    [300, 300],
    [1000, 620],
    [1700, 900],
  ].map(([x, y]) => `<ellipse cx="${x}" cy="${y}" rx="34" ry="22" fill="#1c1712"/>`);
  const svg = `<svg width="${width}" height="${height}"><rect width="100%" height="100%" fill="#8a8a8a"/>${spots.join('')}</svg>`;
  return { name, mimeType: 'image/jpeg', buffer: await sharp(Buffer.from(svg)).jpeg().toBuffer() };
}

const choice = (page: Page) => page.locator('defect-look').getByRole('button', { name: /^Detail:/ });

async function choose(page: Page, detail: string): Promise<void> {
  await choice(page).click();
  await page.getByRole('radio', { name: detail, exact: true }).check();
  await page.keyboard.press('Escape');
}

/** How the photo at that place was looked at. */
const seen = (page: Page, place = 0) =>
  page.evaluate((at) => document.querySelector('defect-inspector')!.inspections[at]?.input, place);

async function openFast(names: readonly string[]) {
  const opened = await stage.open({ url: `${stage.site.url}?detail=fast` });
  await drop(opened.page, await Promise.all(names.map(largePhoto)));
  await expect.poll(() => photos(opened.page).filter({ hasText: 'Done' }).count()).toBe(names.length);
  return opened;
}

test('the choice says what it comes to, inspects the shown photo again and marks the others', async () => {
  const { page, errors } = await openFast(['a.jpg', 'b.jpg']);
  await choice(page).focus();
  await page.keyboard.press('Enter');
  await page.getByText(/^One view, .*defects under about 30 px can’t be seen/).waitFor();
  await page.getByText(/^\d+ tiles, .*defects under about 8 px can’t be seen/).waitFor();
  await page.getByText(/for all 2 photos/).waitFor();
  await page.getByRole('radio', { name: 'Thorough', exact: true }).check();
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await seen(page))?.tiles).toBeGreaterThan(3);
  expect(await seen(page)).toMatchObject({ detail: 'thorough', scale: 1 });
  expect((await seen(page, 1))?.tiles).toBe(1);
  await page.getByText('1 photo was looked at in another way than it is set now').waitFor();
  await photos(page).filter({ hasText: 'b.jpg' }).getByText('Another setting').waitFor();
  await page.getByRole('button', { name: 'Inspect again', exact: true }).click();
  await expect.poll(async () => (await seen(page, 1))?.detail).toBe('thorough');
  await expect.poll(() => page.getByText('in another way than it is set now').count()).toBe(0);
  expect(errors).toEqual([]);
});

test('an area is drawn with the mouse or taken from what is in view, and left again', async () => {
  const { page } = await openFast(['a.jpg']);
  const pane = page.locator('defect-viewer canvas').last();
  const { x, y, width, height } = (await pane.boundingBox())!;
  await page.getByRole('button', { name: 'Inspect an area: draw a rectangle' }).click();
  await page.getByText('Draw a rectangle around what to inspect.').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByText('Draw a rectangle around what to inspect.').count()).toBe(0);
  await page.keyboard.press('r');
  await page.mouse.move(x + width * 0.4, y + height * 0.4);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.6, y + height * 0.6, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await seen(page))?.area).toBeDefined();
  const [left, top, wide, high] = (await seen(page))!.area!;
  // The photo's middle lies in the pane's.
  expect(Math.abs(left + wide / 2 - 1000)).toBeLessThan(10);
  expect(Math.abs(top + high / 2 - 600)).toBeLessThan(10);
  await page.getByText(`Only an area of ${wide} × ${high} px is inspected`).waitFor();
  await page.getByRole('button', { name: 'Inspect the whole photo' }).click();
  await expect.poll(async () => (await seen(page))?.area).toBeUndefined();
  // By keys alone.
  for (let i = 0; i < 6; i++) await page.keyboard.press('+');
  await page.keyboard.press('i');
  await expect.poll(async () => (await seen(page))?.area?.[2]).toBeLessThan(2000);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await seen(page))?.area).toBeUndefined();
});

test('cancelled in the middle, a photo keeps what was found and says that it was seen in part', async () => {
  const { page } = await openFast(['a.jpg']);
  await choose(page, 'Thorough');
  await photos(page)
    .getByText(/^[2-9]\d* of \d+ tiles$/)
    .waitFor();
  await page.getByRole('button', { name: 'Cancel', exact: true }).first().click();
  await page
    .getByText(/^Seen in part: \d+ of \d+ tiles$/)
    .first()
    .waitFor();
  const { tiles, planned } = (await seen(page))!;
  expect(tiles).toBeGreaterThan(1);
  expect(tiles).toBeLessThan(planned);
  await photos(page).getByText('Seen in part').waitFor();
  // It was not looked at otherwise, only in part.
  expect(await page.getByText('in another way than it is set now').count()).toBe(0);
  const csv = await page.evaluate(async () =>
    (await document.querySelector('defect-inspector')!.export('csv')).text(),
  );
  expect(csv).toContain('seen_in_part');
  // The scale is that of the finest level that all of the photo was seen at.
  expect(csv).toContain(`,thorough,0.2667,${tiles},${planned},true,`);
  await page.getByRole('button', { name: 'Inspect all of it' }).click();
  await expect.poll(async () => (await seen(page))?.tiles).toBe(planned);
});
