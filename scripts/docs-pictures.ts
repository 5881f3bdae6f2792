/**
 * `npm run docs:pictures`
 *
 * Makes the pictures of README and docs/teaching.md from the built page: a sample photo that is done, and the walk-through on the sample
 * parts, as far as each picture shows it.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { launchBrowser, openPage } from './inspect-page.js';
import { serveSite } from './site.js';

const FOLDER = 'docs/pictures';
/** CSS pixels; pictures are this wide in the docs. */
const WIDTH = 1280;
const HEIGHT = 860;
/** Learning shares its cores with whatever else runs. */
const PATIENCE = 300_000;

async function save(name: string, shown: Page | Locator): Promise<void> {
  const png = await shown.screenshot();
  await writeFile(`${FOLDER}/${name}.webp`, await sharp(png).webp({ quality: 82 }).toBuffer());
}

await mkdir(FOLDER, { recursive: true });
const site = await serveSite();
const browser = await launchBrowser();
try {
  const page = await openPage(browser, site.url);
  page.setDefaultTimeout(PATIENCE);
  await page.setViewportSize({ width: WIDTH, height: HEIGHT });
  const walk = page.getByRole('group', { name: 'Walk-through' });
  const step = (text: string) => walk.getByRole('status').filter({ hasText: text }).waitFor();
  const press = (name: string) => walk.getByRole('button', { name }).click();

  const begin = page.getByRole('button', { name: 'Try it with sample parts' });
  await begin.waitFor();
  await page.waitForLoadState('networkidle');
  await save('first-screen', page);

  await page.getByRole('button', { name: 'Ball screw, pitting' }).click();
  await page.getByText('All done').waitFor();
  // The photo is drawn once it is decoded.
  await page.waitForTimeout(1000);
  await save('at-work', page);
  await page.reload();

  await begin.click();
  await step('has no defect');
  await press('Do it for me');
  await step('once for all');
  await press('Do it for me');
  for (let marked = 0; marked < 3; marked++) {
    await step('This one has a defect');
    await press('Do it for me');
    await step('Marked');
    // The photo is drawn once it is decoded, and its marks with it.
    await page.waitForTimeout(1000);
    if (marked === 0) await save('marking', page);
    await press('Go on');
  }
  await step('from two photos at least');
  await press('Do it for me');
  await step('Press Learn');
  await press('Do it for me');
  await step('least sure');
  await page.waitForTimeout(1000);
  await save('what-to-mark-next', page.locator('defect-next-places'));
  await press('Do it for me');
  const goOn = walk.getByRole('button', { name: 'Go on' });
  if (await goOn.isVisible()) await goOn.click();
  const again = walk.getByRole('status').filter({ hasText: 'Press Learn again' });
  // Where learning is quick it has been learnt by itself.
  if (await again.isVisible()) await press('Do it for me');
  await step('found by itself');
  await walk.getByRole('button', { name: 'End the walk-through' }).click();
  await page.waitForTimeout(1000);
  await save('learnt', page);
  await save('figures', page.getByRole('region', { name: 'What it can do' }));
} finally {
  await browser.close();
  await site.close();
}
