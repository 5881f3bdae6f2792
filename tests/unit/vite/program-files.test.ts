import { resolve } from 'node:path';
import { build, type Plugin } from 'vite';
import { beforeEach, expect, it, vi } from 'vitest';
import { programFiles } from '../../../vite/program-files.js';

vi.mock('vite', async (original) => ({ ...(await original<object>()), build: vi.fn() }));

// The runtime is compressed as for a real build.
vi.setConfig({ testTimeout: 60_000 });

const SOURCE = resolve('src/core/rect.ts');
const builds = vi.mocked(build);
let code: string;

/** The plugin within a build, as far as it asks for one. */
function open() {
  const { configResolved, load, watchChange } = programFiles({ base: './' }) as unknown as {
    configResolved(config: { command: string }): void;
    load(this: object, id: string): Promise<string>;
    watchChange(id: string): void;
  } & Plugin;
  configResolved({ command: 'build' });
  const watched = new Set<string>();
  const context = { emitFile: () => '', addWatchFile: (path: string) => watched.add(path) };
  return { watched, load: () => load.call(context, '\0virtual:program-files'), watchChange };
}

beforeEach(() => {
  code = 'one';
  builds.mockReset();
  builds.mockImplementation(async () => {
    const chunk = { code, moduleIds: [SOURCE, '\0virtual', resolve('node_modules/lit/index.js')] };
    return { output: [chunk] } as unknown as Awaited<ReturnType<typeof build>>;
  });
});

it('workers are built once, and again when what they are made of has changed', async () => {
  const { load, watched, watchChange } = open();
  const first = await load();
  watchChange(resolve('README.md'));
  expect(await load()).toBe(first);
  expect(builds).toHaveBeenCalledTimes(4);
  expect([...watched]).toEqual([SOURCE]);
  code = 'two';
  watchChange(SOURCE);
  expect(await load()).not.toBe(first);
  expect(builds).toHaveBeenCalledTimes(8);
});

it('a build that has failed is tried again, and what it began with is watched', async () => {
  const { load, watched } = open();
  builds.mockRejectedValueOnce(new Error('Unexpected token'));
  await expect(load()).rejects.toThrow('Unexpected token');
  expect(watched).toContain(resolve('workers/inference.ts'));
  expect(await load()).toMatch(/assets\/inference-/);
});
