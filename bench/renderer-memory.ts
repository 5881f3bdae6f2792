/**
 * How much memory a page really holds: the private pages of its renderer process, as Linux counts them.
 *
 * Not `performance.measureUserAgentSpecificMemory`, which not every headless browser answers, and not the debugger's
 * heap figures, which leave out what matters here: WebAssembly memory, pixels, canvases.
 */
import { readFile } from 'node:fs/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findBrowser } from '../scripts/browser.mjs';

/** A browser whose pages and workers can be told to collect their garbage. */
export async function launchMeasurable(): Promise<Browser> {
  const { executablePath, args } = await findBrowser();
  return chromium.launch({ executablePath, args: [...args, '--js-flags=--expose-gc'] });
}

/** Bytes of all renderers of the browser: there should be one page alone. */
export async function rendererMemory(browser: Browser, page: Page): Promise<number> {
  await settle(page);
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  if (renderers.length === 0) throw new Error('The browser names no renderer.');
  const sizes = await Promise.all(renderers.map(({ id }) => privateBytes(id)));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

/** Garbage is no growth: it is collected, twice, since freeing one thing lets go of another. */
async function settle(page: Page): Promise<void> {
  const collect = () => (globalThis as unknown as { gc(): void }).gc();
  for (let i = 0; i < 2; i++) {
    await page.evaluate(collect);
    // Threads of the runtime, which sleep until there is work, and workers that are just ending don't answer.
    for (const worker of page.workers()) void worker.evaluate(collect).catch(() => undefined);
    await page.waitForTimeout(1000);
  }
}

async function privateBytes(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kB = [...rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)].map(([, value]) =>
    Number(value),
  );
  return kB.reduce((sum, value) => sum + value, 0) * 1024;
}
