/**
 * `npx tsx scripts/screenshots.ts`
 *
 * The pictures that a browser shows where it offers to install the page: the built page with the drawn samples, wide and narrow.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { SCREENSHOTS } from '../src/app/manifest.js';
import { launchBrowser, openPage } from './inspect-page.js';
import { serveSite } from './site.js';

/** Bytes; nobody sees these pictures closely. */
const MOST = 60_000;

await mkdir('public/screenshots', { recursive: true });
const site = await serveSite();
const browser = await launchBrowser();
try {
  for (const { file, width, height } of SCREENSHOTS) {
    const page = await openPage(browser, site.url);
    await page.setViewportSize({ width, height });
    await page.getByRole('button', { name: 'Magnetic tile, cracks' }).click();
    await page
      .getByRole('grid', { name: 'Defects' })
      .locator('tbody tr')
      .first()
      .waitFor({ timeout: 120_000 });
    // The photo is drawn once it is decoded.
    await page.waitForTimeout(2000);
    const webp = await sharp(await page.screenshot())
      .webp({ quality: 70, effort: 6 })
      .toBuffer();
    if (webp.length > MOST) throw new Error(`${file} has ${webp.length} bytes.`);
    await writeFile(`public/${file}`, webp);
    console.log(`public/${file}: ${width} x ${height}, ${webp.length} bytes`);
    await page.close();
  }
} finally {
  await browser.close();
  await site.close();
}
