/** `npm run dev`: the page as Vite serves it from the sources, workers compiled on demand. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defectRows, drop, sample } from './files.js';
import { useStage } from './harness.js';

const stage = useStage();
let server: ViteDevServer;
let cacheDir: string;

beforeAll(async () => {
  // As after a fresh clone: nothing was bundled beforehand.
  cacheDir = await mkdtemp(join(tmpdir(), 'development-'));
  server = await createServer({ cacheDir, logLevel: 'error', server: { port: 0, host: 'localhost' } });
  await server.listen();
});
afterAll(async () => {
  await server.close();
  await rm(cacheDir, { recursive: true, force: true });
});

test('a photo shows its defects, with threads', async () => {
  const { page, errors } = await stage.open({ url: server.resolvedUrls!.local[0]! });
  await drop(page, [await sample()]);
  await defectRows(page).first().waitFor({ timeout: 100_000 });
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page
    .getByText(/[2-9] threads/)
    .first()
    .waitFor();
  expect(errors).toEqual([]);
});
