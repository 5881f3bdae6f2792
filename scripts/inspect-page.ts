/** Drives the built page in a headless browser: photos in, inspections out, through the page's own element. */
import { basename } from 'node:path';
import { readFile } from 'node:fs/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { DefectInspectorElement } from '../src/index.js';
import type { Detection, Inspection } from '../src/core/types.js';
import { findBrowser } from './browser.mjs';

/** For pages that run functions of compiled TypeScript: the compiler wraps them in a helper that no page has. */
export const NAME_SHIM = 'globalThis.__name = (f) => f';

export async function launchBrowser(): Promise<Browser> {
  const { executablePath, args } = await findBrowser();
  return chromium.launch({ executablePath, args });
}

/** An inspection as it survives JSON: masks as base64 of their float32 bytes. */
type PlainDetection = Omit<Detection, 'mask' | 'contours'> & { mask: { size: number; base64: string } };
type PlainInspection = Omit<Inspection, 'detections'> & { detections: PlainDetection[] };

/** Inspects one file by `document.querySelector('defect-inspector').inspect(file)`. */
export async function inspectFile(page: Page, path: string): Promise<Inspection> {
  const base64 = (await readFile(path)).toString('base64');
  const plain = await page.evaluate(
    async ({ base64, name }): Promise<PlainInspection> => {
      const element = document.querySelector<DefectInspectorElement>('defect-inspector')!;
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const pending = element.inspect(new File([bytes], name));
      // The debugger's protocol drops a promise that nothing but itself refers to.
      Object.assign(globalThis, { pending });
      const inspection = await pending;
      element.clear();
      const encode = (data: Float32Array | Uint8Array) => {
        const raw = new Uint8Array(Float32Array.from(data).buffer);
        let text = '';
        for (let i = 0; i < raw.length; i += 8192) text += String.fromCharCode(...raw.subarray(i, i + 8192));
        return btoa(text);
      };
      return {
        ...inspection,
        detections: inspection.detections.map(({ contours, mask, ...rest }) => ({
          ...rest,
          mask: { size: mask.size, base64: encode(mask.data) },
        })),
      };
    },
    { base64, name: basename(path) },
  );
  return {
    ...plain,
    detections: plain.detections.map(({ mask, ...rest }) => {
      const bytes = Buffer.from(mask.base64, 'base64');
      const data = new Float32Array(
        bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
      );
      return { ...rest, contours: [], mask: { size: mask.size, data } };
    }),
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
