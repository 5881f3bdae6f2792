/** `npm run build:package`: what npm gets, in lib/. */
import { spawnSync } from 'node:child_process';
import { chmod, cp, readFile, rm, writeFile } from 'node:fs/promises';
import { build, type InlineConfig } from 'vite';
import { importableAnywhere } from '../vite/importable-anywhere.js';
import { programFiles, RUNTIME_CONDITIONS } from '../vite/program-files.js';
import { elementManifest } from './element-docs.js';
import { shortenTemplates } from '../vite/shorten-templates.js';

const OUT = 'lib';

const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
// The element says it.
process.env['VITE_VERSION'] = version;

/** Whose packages the embedding page has: two copies of them would not know each other. */
const PEERS = [/^lit(\/|$)/, /^@lit\//, /^react(\/|$)/];

const shared = {
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  resolve: { conditions: RUNTIME_CONDITIONS },
} satisfies InlineConfig;

const output = {
  target: 'es2022',
  outDir: OUT,
  emptyOutDir: false,
  copyPublicDir: false,
  // The runtime is as large as it is.
  chunkSizeWarningLimit: 2000,
} as const;
/** Of no use to whoever only wants the package. */
const checks = { bundlerTimings: false };

/** Modules for build tools, which shorten them themselves. Those with views register elements, which `sideEffects` tells build tools. */
const modules: InlineConfig = {
  ...shared,
  plugins: [programFiles({ base: './' }), shortenTemplates()],
  build: {
    ...output,
    minify: false,
    lib: {
      entry: Object.fromEntries(
        ['index', 'element', 'detector', 'core', 'embed', 'react'].map((name) => [name, `src/${name}.ts`]),
      ),
      formats: ['es'],
    },
    rolldownOptions: {
      checks,
      external: PEERS,
      preserveEntrySignatures: 'strict',
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: ({ moduleIds }) =>
          moduleIds.some((id) => id.includes('/src/components/')) ? 'views-[name].js' : 'shared-[name].js',
        // Frameworks that render on a server leave the component to the browser.
        banner: ({ name }) => (name === 'react' ? "'use client';" : ''),
      },
    },
  },
};

/** One file with all that it needs but workers, runtime and models, for pages without a build tool. */
const bundle: InlineConfig = {
  ...shared,
  plugins: [programFiles({ base: './' }), shortenTemplates(), importableAnywhere()],
  build: {
    ...output,
    modulePreload: false,
    rolldownOptions: {
      checks,
      input: { 'defect-inspector.bundle': 'src/index.ts' },
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: '[name].js', codeSplitting: false },
    },
  },
};

/** What runs in Node: the plugin for Vite and the command. */
const programs: InlineConfig = {
  ...shared,
  build: {
    ...output,
    ssr: true,
    minify: false,
    rolldownOptions: {
      checks,
      input: { vite: 'src/node/vite-plugin.ts', cli: 'src/node/cli/main.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: 'node-[name].js' },
    },
  },
};

await rm(OUT, { recursive: true, force: true });
for (const config of [modules, bundle, programs]) await build(config);
await cp('public/models', `${OUT}/models`, { recursive: true });
await writeFile(`${OUT}/custom-elements.json`, JSON.stringify(await elementManifest(), undefined, 2));
await chmod(`${OUT}/cli.js`, 0o755);
const types = spawnSync('npx', ['tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (types.status !== 0) throw new Error('The types could not be written.');
