import type { Browser, Page } from 'playwright-core';
import { NAME_SHIM } from '../scripts/inspect-page.js';
import type { Detector } from '../src/index.js';

/** What functions that run in the page leave there for each other. */
export interface Bench {
  detector: Detector;
  /** The debugger's protocol drops a promise that nothing but itself refers to. */
  pending: Promise<unknown>;
}

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

/** Starts a detector in such a page. @param setting `1x2`: one worker of two threads */
export async function startDetector(page: Page, setting: string): Promise<void> {
  const [workers, threads] = setting.split('x').map(Number);
  await page.evaluate(
    async ({ workers, threads }) => {
      if (!crossOriginIsolated) throw new Error('The page is not isolated: there would be no threads.');
      const bench = globalThis as unknown as Bench;
      const module = new URL('defect-inspector.js', document.baseURI).href;
      const starting = (import(module) as Promise<typeof import('../src/index.js')>).then(
        ({ createDetector }) => createDetector({ workers: workers!, threads: threads! }),
      );
      bench.pending = starting;
      bench.detector = await starting;
    },
    { workers, threads },
  );
}
