/** The built page on web servers themselves: as they come, and with the settings of docs/deploy.md. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../scripts/inspect-page.js';
import { CONTENT_SECURITY_POLICY, HOST_HEADERS } from '../../workers/headers.js';
import { inspectsWithoutServiceWorker, visit, worksOffline } from '../e2e/visits.js';
import { apache, caddy, nginx, python, run, serve, type Running, type Server } from './servers.js';
import { snippetOf } from './snippets.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Root can install it: `.ci/run` does. */
const isExpected = (server: Server): boolean =>
  process.env['CI'] === 'true' && process.getuid?.() === 0 && server.debian !== undefined;

async function onServer(server: Server, snippet: string, work: (running: Running) => Promise<void>) {
  if (!server.isInstalled() && isExpected(server))
    throw new Error(`${server.name} is missing: apt-get install ${server.debian}`);
  const running = await run(server, snippet);
  let isRunning = true;
  const stop = async () => {
    if (isRunning) await running.stop();
    isRunning = false;
  };
  try {
    await work({ url: running.url, stop });
  } finally {
    await stop();
  }
}

const isLeftOut = (server: Server): boolean => {
  if (server.isInstalled() || isExpected(server)) return false;
  console.warn(`${server.name} is not installed: nothing is said about it.`);
  return true;
};

describe.each([nginx, apache, caddy, python, serve])('$name', (server) => {
  test.skipIf(isLeftOut(server))(
    'as it comes: a photo shows its defects, at once and without a network',
    async () => {
      await onServer(server, '', async ({ url, stop }) => {
        await inspectsWithoutServiceWorker(browser, url);
        await worksOffline(browser, url, stop);
      });
    },
  );
});

describe.each([
  [nginx, 'nginx'],
  [apache, 'apache'],
  [caddy, 'caddy'],
] as const)('$name', (server, language) => {
  test.skipIf(isLeftOut(server))(
    'with the settings of docs/deploy.md: the page is isolated at once',
    async () => {
      await onServer(server, await snippetOf(language), async ({ url }) => {
        await inspectsWithoutServiceWorker(browser, url);
        await visit(
          browser,
          async (page) => {
            const response = await page.goto(url);
            expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
            const script = await page.locator('script[src]').first().getAttribute('src');
            const part = await page.request.get(new URL(script!, url).href);
            for (const headers of [await response!.allHeaders(), part.headers()]) {
              expect(headers).toMatchObject(HOST_HEADERS);
              expect(headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
            }
            expect((await response!.allHeaders())['cache-control']).toBe('no-cache');
            expect(part.headers()['cache-control']).toBe('public, max-age=31536000, immutable');
            const worker = await page.request.get(`${url}service-worker.js`);
            expect(worker.headers()['cache-control']).toBe('no-cache');
          },
          { serviceWorkers: 'block' },
        );
      });
    },
  );
});
