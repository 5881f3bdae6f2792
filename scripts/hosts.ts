/** Where photos are inspected: in the built page, or in this program. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Inspection } from '../src/core/types.js';
import { parseCatalogue, pickModel } from '../src/model/catalogue.js';
import { openNodeDetector } from '../src/node/open-detector.js';
import { inspectFile, launchBrowser, openPage, type Look } from './inspect-page.js';
import { serveSite } from './site.js';

export interface Host {
  inspect(path: string, look: Look): Promise<Inspection>;
  close(): Promise<void>;
}

/** The page in `dist`, in headless Chromium. */
export async function openBrowserHost(threads: number | undefined): Promise<Host> {
  const site = await serveSite();
  const browser = await launchBrowser();
  const page = await openPage(browser, site.url, threads);
  return {
    inspect: (path, look) => inspectFile(page, path, look),
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

/** The shipped model, without a browser, on one thread. */
export async function openNodeHost(): Promise<Host> {
  const folder = join('public', 'models');
  const catalogue = parseCatalogue(await readFile(join(folder, 'catalogue.json'), 'utf8'));
  const detector = await openNodeDetector(join(folder, pickModel(catalogue).file));
  return {
    async inspect(path, { detail, ...look }) {
      if (detail === 'auto') throw new Error('Only in a browser it is known how long tiles take.');
      const bytes = new Uint8Array(await readFile(path));
      return detector.inspect(bytes, basename(path), { ...look, ...(detail && { detail }) });
    },
    close: () => detector.dispose(),
  };
}
