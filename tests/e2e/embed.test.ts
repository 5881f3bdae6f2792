/** `embed.html` in a frame of a page of another origin, which asks it by messages. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { connect } from '../../src/embed.js';
import { ISOLATION_HEADERS } from '../../workers/headers.js';
import { htmlPage, ISOLATED, openOrigin, type Origin } from '../frameworks/origin.js';
import { NAME_SHIM } from '../../scripts/inspect-page.js';
import { sample } from './files.js';
import { useStage } from './harness.js';

const stage = useStage();

let folder: string;
/** The client of the package, as a module. */
let client: string;
let site: Origin;
const origins: Origin[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embed-'));
  await cp('dist', folder, { recursive: true });
  site = await openOrigin({ folder, headers: ISOLATION_HEADERS });
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: 'src/embed.ts', formats: ['es'], fileName: 'embed' },
    },
  });
  const [first] = Array.isArray(built) ? built : [];
  client = (first as { output: { code: string }[] }).output[0]!.code;
});
afterEach(() => Promise.all(origins.splice(0).map((origin) => origin.close())));
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

type Connect = typeof connect;

/** A page of an origin of its own with the frame in it, listed or not. */
async function openPage(isListed: boolean, { query = '', headers = {}, allow = '' } = {}): Promise<Page> {
  const src = `${site.url}embed.html${query}`;
  const { html } = htmlPage(
    `<iframe title="Inspector" src="${src}" allow="${allow}" style="width: 900px; height: 700px"></iframe>
    <script type="module">${client.replace(/export \{[^}]*\};?/, '')}
    Object.assign(globalThis, { connect });</script>`,
  );
  const page = await openOrigin({ pages: { '/': { html, headers } } });
  origins.push(page);
  const listed = isListed ? [new URL(page.url).origin] : ['https://mes.example'];
  await writeFile(join(folder, 'embed.json'), JSON.stringify({ origins: listed }));
  const context = await stage.browser.newContext();
  await context.addInitScript(NAME_SHIM);
  const opened = await context.newPage();
  await opened.goto(page.url);
  return opened;
}

/** What the page gets for a photo, or the error's code and message. */
async function ask(
  page: Page,
  name = 'ball-screw-pitting.jpg',
  kind: 'blob' | 'buffer' | 'bitmap' | 'text' = 'blob',
) {
  const { buffer } = await sample(name);
  const inspecting = page.evaluate(
    async ({ base64, origin, kind, name }) => {
      const { connect } = globalThis as unknown as { connect: Connect };
      const phases: string[] = [];
      const work = async () => {
        const inspector = await connect(document.querySelector('iframe')!, origin, {
          onProgress: ({ phase }) => phases.push(phase),
        });
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        const blob = new Blob([bytes], { type: 'image/jpeg' });
        const pictures = {
          blob: () => blob,
          buffer: () => bytes.buffer,
          bitmap: () => createImageBitmap(blob),
          text: () => new Blob(['no photo']),
        };
        const inspection = await inspector.inspect(await pictures[kind](), { name });
        return { version: inspector.version, inspection };
      };
      const pending = work().catch((error: unknown) => {
        const { code, message } = error as { code: string; message: string };
        return { code, message };
      });
      Object.assign(globalThis, { pending });
      return { ...(await pending), phases };
    },
    { base64: buffer.toString('base64'), origin: new URL(site.url).origin, kind, name },
  );
  return inspecting as Promise<{
    version?: string;
    code?: string;
    message?: string;
    phases: readonly string[];
    inspection?: {
      image: { name: string };
      runtime: { threads: number };
      detections: readonly { className: string; mask: { counts: Uint32Array } }[];
    };
  }>;
}

test('a listed page of another origin gets what is found, as plain data', async () => {
  const page = await openPage(true, { query: '?view=overlay' });
  const { version, inspection, phases } = await ask(page);
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
  expect(inspection!.image.name).toBe('ball-screw-pitting.jpg');
  expect(inspection!.detections.map(({ className }) => className)).toContain('pitting');
  expect(Object.values(inspection!.detections[0]!.mask.counts).length).toBeGreaterThan(2);
  expect(phases).toContain('inspecting');
  // A page that is not isolated has frames with one thread.
  expect(inspection!.runtime.threads).toBe(1);
  // It is shown there, too, in the view that the address says.
  const frame = page.frameLocator('iframe');
  await frame.locator('defect-table tbody tr').first().waitFor();
  expect(
    await frame.locator('defect-inspector').evaluate((one) => (one as unknown as { view: string }).view),
  ).toBe('overlay');
  for (const kind of ['buffer', 'bitmap'] as const) {
    const again = await ask(page, 'strip-scratches.jpg', kind);
    expect(again.inspection!.detections.length, kind).toBeGreaterThan(0);
  }
  expect((await ask(page, 'strip-scratches.jpg', 'text')).code).toBe('unsupported-image');
  await page.context().close();
});

test('a page that is not listed is refused, and nothing is inspected', async () => {
  const page = await openPage(false);
  const { code, message } = await ask(page);
  expect(code).toBe('not-allowed');
  expect(message).toContain(new URL(page.url()).origin);
  expect(message).toContain('embed.json');
  const rows = page.frameLocator('iframe').locator('defect-queue li');
  expect(await rows.count()).toBe(0);
  await page.context().close();
});

test('an isolated page that allows it has a frame with threads', async () => {
  const page = await openPage(true, { headers: ISOLATED, allow: 'cross-origin-isolated' });
  const { inspection } = await ask(page);
  expect(inspection!.runtime.threads).toBeGreaterThan(1);
  await page.context().close();
});

test('the frame keeps nothing that it does not need, offers no lesson, and never holds back who leaves', async () => {
  const page = await openPage(true);
  await ask(page);
  const frame = page.frames()[1]!;
  const kept = await frame.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    local: Object.keys(localStorage),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  expect(kept.local).toEqual([]);
  expect(kept.workers).toBe(0);
  expect(await frame.getByRole('button', { name: /Teach/ }).count()).toBe(0);
  // A page with an unsaved result asks before it is left, where it belongs to somebody.
  page.on('dialog', () => {
    throw new Error('It asks.');
  });
  await page.mouse.click(300, 300);
  await page.goto('about:blank');
  await page.context().close();
});
