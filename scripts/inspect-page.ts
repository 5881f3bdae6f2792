/** Drives the built page in a headless browser: photos in, inspections out, through the page's own element. */
import { basename } from 'node:path';
import { readFile } from 'node:fs/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { DefectInspectorElement, InspectOptions } from '../src/index.js';
import type { Detection, Inspection, Region } from '../src/core/types.js';
import { findBrowser } from './browser.mjs';

/** For pages that run functions of compiled TypeScript: the compiler wraps them in a helper that no page has. */
export const NAME_SHIM = 'globalThis.__name = (f) => f';

export async function launchBrowser(): Promise<Browser> {
  const { executablePath, args } = await findBrowser();
  return chromium.launch({ executablePath, args });
}

/** An inspection as it survives JSON. */
type PlainDetection = Omit<Detection, 'mask' | 'contours'> & {
  mask: Omit<Region, 'counts'> & { counts: number[] };
};
type PlainInspection = Omit<Inspection, 'detections'> & { detections: PlainDetection[] };

/** How a photo is looked at. */
export type Look = Pick<InspectOptions, 'name' | 'detail' | 'smallest'>;

/** Inspects one file by `document.querySelector('defect-inspector').inspect(file, look)`; without contours. */
export async function inspectFile(page: Page, path: string, look: Look = {}): Promise<Inspection> {
  const base64 = (await readFile(path)).toString('base64');
  const plain = await page.evaluate(
    async ({ base64, name, look }): Promise<PlainInspection> => {
      const element = document.querySelector<DefectInspectorElement>('defect-inspector')!;
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const pending = element.inspect(new File([bytes], name), look);
      // The debugger's protocol drops a promise that nothing but itself refers to.
      Object.assign(globalThis, { pending });
      const inspection = await pending;
      element.clear();
      return {
        ...inspection,
        detections: inspection.detections.map(({ contours, mask, ...rest }) => ({
          ...rest,
          mask: { ...mask, counts: Array.from(mask.counts) },
        })),
      };
    },
    { base64, name: basename(path), look },
  );
  return {
    ...plain,
    detections: plain.detections.map(({ mask, ...rest }) => ({
      ...rest,
      contours: [],
      mask: { ...mask, counts: Uint32Array.from(mask.counts) },
    })),
  };
}

/** Opens the page with a given number of threads and waits until the element is defined. */
export async function openPage(browser: Browser, url: string, threads?: number): Promise<Page> {
  const page = await browser.newPage();
  // The loader that runs these scripts names functions by a helper that the page doesn't have.
  await page.addInitScript(NAME_SHIM);
  const address = new URL(url);
  if (threads) address.searchParams.set('threads', String(threads));
  await page.goto(address.href);
  await page.evaluate(() => customElements.whenDefined('defect-inspector').then(() => undefined));
  return page;
}
