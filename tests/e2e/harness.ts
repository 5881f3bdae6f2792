/** One browser for a test file, pages that report what they requested and what they logged as an error. */
import { existsSync } from 'node:fs';
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  ConsoleMessage,
  Page,
  Request,
} from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser, NAME_SHIM } from '../../scripts/inspect-page.js';
import { serveSite, type Site } from '../../scripts/site.js';

export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly requests: Request[];
  readonly errors: string[];
}

export interface OpenOptions {
  readonly url?: string;
  readonly width?: number;
  readonly height?: number;
  /** What else the browser is like: touched, in forced colours ... */
  readonly like?: BrowserContextOptions;
  /** Runs in the page before anything else. */
  readonly initScript?: () => void;
}

export interface Stage {
  /** The served site, isolated. */
  readonly site: Site;
  readonly browser: Browser;
  open(options?: OpenOptions): Promise<OpenPage>;
}

/** Serves dist/ and launches a browser before the file's tests, and closes both after them. */
export function useStage(): Stage {
  let site: Site;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    if (!existsSync('dist/index.html')) throw new Error('There is no dist/: run `npm run build` first.');
    site = await serveSite();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await site.close().catch(() => undefined);
  });
  return {
    get site() {
      return site;
    },
    get browser() {
      return browser;
    },
    async open({ url = site.url, width = 1440, height = 900, like = {}, initScript } = {}) {
      // Pages of earlier tests would compete for the cores.
      await Promise.all(contexts.splice(0).map((context) => context.close()));
      const context = await browser.newContext({
        viewport: { width, height },
        acceptDownloads: true,
        ...like,
      });
      contexts.push(context);
      await context.addInitScript(NAME_SHIM);
      if (initScript) await context.addInitScript(initScript);
      const page = await context.newPage();
      const requests: Request[] = [];
      const errors: string[] = [];
      context.on('request', (request) => requests.push(request));
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error' && !isForIcon(message)) errors.push(message.text());
      });
      await page.goto(url);
      // The debugger's protocol drops promises that nothing else refers to, as of what is still to be defined.
      await page.waitForFunction(() => customElements.get('defect-inspector') !== undefined);
      return { page, context, requests, errors };
    },
  };
}

/** A whole browser, unlike a headless shell, asks by itself for an icon where a page names none. */
const isForIcon = (message: ConsoleMessage): boolean => message.location().url.endsWith('/favicon.ico');
