/** What a page must do wherever it is served from: inspect a photo, also as a returning visitor without a network. */
import type { Browser, BrowserContext, BrowserContextOptions, FrameLocator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { NAME_SHIM } from '../../scripts/inspect-page.js';

/** The page, or the frame that it is in. */
type Shown = Page | FrameLocator;

/** Runs the work in a page of a browser that has never been there, and expects that nothing was logged as an error meanwhile. */
export async function visit(
  browser: Browser,
  work: (page: Page, context: BrowserContext) => Promise<void>,
  like: BrowserContextOptions = {},
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...like });
  try {
    await context.addInitScript(NAME_SHIM);
    const page = await context.newPage();
    // Photos that are in no file would be lost.
    page.on('dialog', (dialog) => dialog.accept());
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await work(page, context);
    expect(errors).toEqual([]);
  } finally {
    await context.close();
  }
}

/** Clicks a sample, which the host serves, too, and waits for what is found on it. */
export async function inspectSample(shown: Shown): Promise<void> {
  await shown.getByRole('button', { name: 'Ball screw, pitting' }).click({ timeout: 60_000 });
  const rows = shown.getByRole('grid', { name: 'Defects' }).locator('tbody tr');
  await rows.filter({ hasText: 'pitting' }).first().waitFor({ timeout: 90_000 });
}

/** A photo shows its defects by what the host alone sends. */
export const inspectsWithoutServiceWorker = (browser: Browser, url: string): Promise<void> =>
  visit(
    browser,
    async (page) => {
      await page.goto(url);
      await inspectSample(page);
    },
    { serviceWorkers: 'block' },
  );

/**
 * The service worker takes over and isolates the page; when the host is gone, a reload brings all of it: page, samples, model, evaluation.
 * @param stop ends the host
 */
export const worksOffline = (browser: Browser, url: string, stop: () => Promise<void>): Promise<void> =>
  visit(browser, async (page) => {
    await page.goto(url);
    await untilIsolated(page);
    await untilAllIsKept(page);
    expect(await page.getByText('The host of this page').count()).toBe(0);
    await stop();
    await page.reload();
    await inspectSample(page);
    await page.evaluate(() => document.querySelector('defect-inspector')!.run('evaluation.open'));
    await page.getByRole('dialog', { name: /Evaluat/ }).waitFor();
  });

/** By the host's own headers, or by the service worker's after the page has reloaded itself once. */
async function untilIsolated(page: Page): Promise<void> {
  const isIsolated = () =>
    page.evaluate(() => crossOriginIsolated && navigator.serviceWorker.controller !== null);
  await expect.poll(() => isIsolated().catch(() => false), { timeout: 60_000 }).toBe(true);
}

/** How many of the sample pictures are kept for offline use, and whether the model is. */
const keptOf = (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const found = await Promise.all(
      names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
    );
    const samples = found.flat().filter((url) => /\/samples\/[^/]*\.jpg/.test(url)).length;
    const databases = await indexedDB.databases();
    return { samples, hasDatabase: databases.length > 0 };
  });

/** The service worker brings the samples when the page has its model. */
const untilAllIsKept = (page: Page): Promise<void> =>
  expect.poll(() => keptOf(page), { timeout: 60_000 }).toEqual({ samples: 6, hasDatabase: true });
