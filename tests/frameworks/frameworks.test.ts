/** The packed package in apps of the frameworks that people use, built for production. Their packages come from npm's registry. */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, NAME_SHIM } from '../../scripts/inspect-page.js';
import { failureOf, inspectSample } from './inspect-sample.js';
import { htmlPage, openOrigin } from './origin.js';
import { command, installedFolder, pack, removeFolder, type Packed } from './packed.js';

let packed: Packed;
let browser: Browser;

beforeAll(async () => {
  packed = await pack();
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** The app, built, in a folder of its own. */
async function withApp(name: string, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await installedFolder(packed, `tests/frameworks/apps/${name}`);
  try {
    await command(folder, 'npm', 'run', 'build');
    await work(folder);
  } finally {
    await removeFolder(folder);
  }
}

async function withPage(url: string, work: (page: Page) => Promise<unknown>): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    await context.addInitScript(NAME_SHIM);
    const page = await context.newPage();
    await page.goto(url);
    await work(page);
  } finally {
    await context.close();
  }
}

/** How many defects the app says that it has heard of; the element has outputs of its own in its shadow. */
const found = (page: Page): Promise<number> =>
  page.evaluate(() => Number(document.querySelector('output')?.textContent));

async function withFolder(folder: string, work: (url: string) => Promise<void>): Promise<void> {
  const origin = await openOrigin({ folder });
  try {
    await work(origin.url);
  } finally {
    await origin.close();
  }
}

test.each(['react', 'vue', 'svelte'])('built by Vite with %s, a photo shows its defects', async (name) => {
  await withApp(name, (folder) =>
    withFolder(join(folder, 'dist'), (url) =>
      withPage(url, async (page) => {
        await inspectSample(page);
        // The framework hears of it.
        await expect.poll(() => found(page)).toBeGreaterThan(0);
      }),
    ),
  );
});

test('built by webpack, it finds its files where it is told, and says so where it is not', async () => {
  await withApp('webpack', async (folder) => {
    const pages = { told: ' assets="/defect-inspector/"', untold: '' };
    for (const [name, attribute] of Object.entries(pages)) {
      const element = `<defect-inspector${attribute} style="display: block; height: 90vh"></defect-inspector>`;
      const { html } = htmlPage(`<script type="module" src="main.js"></script>${element}`);
      await writeFile(join(folder, 'dist', `${name}.html`), html);
    }
    await withFolder(join(folder, 'dist'), async (url) => {
      await withPage(`${url}told.html`, inspectSample);
      await withPage(`${url}untold.html`, async (page) => {
        const { code, message } = await failureOf(page);
        expect(code).toBe('assets-unavailable');
        expect(message).toContain('npx defect-inspector copy-assets public/defect-inspector');
      });
    });
  });
});

test('rendered by Next.js on its server, a photo shows its defects', async () => {
  await withApp('next', async (folder) => {
    const server = spawn('npx', ['next', 'start', '--port', '0'], { cwd: folder, detached: true });
    try {
      const url = await new Promise<string>((resolve, reject) => {
        let said = '';
        server.stdout.on('data', (data: Buffer) => {
          said += data.toString();
          const [address] = /http:\/\/localhost:\d+/.exec(said) ?? [];
          if (address) resolve(address);
        });
        server.once('exit', () => reject(new Error(`The server has ended: ${said}`)));
      });
      const html = await (await fetch(url)).text();
      expect(html).toContain('<defect-inspector');
      await withPage(url, async (page) => {
        await inspectSample(page);
        await expect.poll(() => found(page)).toBeGreaterThan(0);
      });
    } finally {
      // It has children of its own.
      if (server.pid !== undefined) process.kill(-server.pid);
    }
  });
});
