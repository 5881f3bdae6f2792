import type { Browser, Page } from 'playwright-core';
import { NAME_SHIM } from '../scripts/inspect-page.js';

/** A page of the site without anything on it, so that nothing but the detector takes time and memory. */
export async function emptyPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  await context.addInitScript(NAME_SHIM);
  await context.route(`${url}empty.html`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><title>Empty</title>',
      headers: {
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      },
    }),
  );
  const page = await context.newPage();
  await page.goto(`${url}empty.html`);
  return page;
}
