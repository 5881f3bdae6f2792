/**
 * How much memory a page really holds, as Linux counts the pages of its processes.
 *
 * Not `performance.measureUserAgentSpecificMemory`, which not every headless browser answers, and not the debugger's
 * heap figures, which leave out what matters here: WebAssembly memory, pixels, canvases.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findBrowser } from '../scripts/browser.mjs';

/** A browser whose pages and workers can be told to collect their garbage. */
export async function launchMeasurable(): Promise<Browser> {
  const { executablePath, args } = await findBrowser();
  return chromium.launch({ executablePath, args: [...args, '--js-flags=--expose-gc'] });
}

/** Private bytes of all renderers of the browser: there should be one page alone. */
export async function rendererMemory(browser: Browser, page: Page): Promise<number> {
  await settle(page);
  const renderers = (await processes(browser)).filter(({ type }) => type === 'renderer');
  if (renderers.length === 0) throw new Error('The browser names no renderer.');
  const sizes = await Promise.all(renderers.map(({ id }) => readBytes(id, /^Private_(?:Clean|Dirty)/)));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

/** Bytes of all processes of the browser by their kind (`renderer`, `GPU`, ...), what several of them share counted once. */
export type BrowserMemory = Readonly<Record<string, number>>;

export const totalOf = (memory: BrowserMemory): number =>
  Object.values(memory).reduce((sum, bytes) => sum + bytes, 0);

export async function browserMemory(browser: Browser, page: Page): Promise<BrowserMemory> {
  await settle(page);
  return sharedOnce(browser);
}

/** Watches it, some thirty times a second. @returns ends it and gives what it was when it was most */
export async function watchPeak(browser: Browser): Promise<() => Promise<BrowserMemory>> {
  let peak = await sharedOnce(browser);
  const end = new AbortController();
  const watching = (async () => {
    while (!end.signal.aborted) {
      const now = await sharedOnce(browser);
      if (totalOf(now) > totalOf(peak)) peak = now;
      await sleep(20);
    }
  })();
  return async () => {
    end.abort();
    await watching;
    return peak;
  };
}

async function sharedOnce(browser: Browser): Promise<BrowserMemory> {
  const memory: Record<string, number> = {};
  const all = await processes(browser);
  // A process that has just ended takes nothing.
  const sizes = await Promise.all(all.map(({ id }) => readBytes(id, /^Pss:/).catch(() => 0)));
  all.forEach(({ type }, i) => (memory[type] = (memory[type] ?? 0) + sizes[i]!));
  return memory;
}

async function processes(browser: Browser): Promise<{ type: string; id: number }[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo;
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

/** The sum of a process's counters of that name. */
async function readBytes(pid: number, name: RegExp): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kB = rollup
    .split('\n')
    .flatMap((line) => (name.test(line) ? Number(/(\d+) kB$/.exec(line)?.[1]) : []));
  return kB.reduce((sum, value) => sum + value, 0) * 1024;
}
