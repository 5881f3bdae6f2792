import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineConfig, type Plugin, type PluginOption } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { manifest } from './src/app/manifest.js';
import { text } from './src/messages/index-html-text.js';
import { hostHeaders } from './vite/host-headers.js';
import { importableAnywhere } from './vite/importable-anywhere.js';
import { programFiles, RUNTIME_CONDITIONS } from './vite/program-files.js';
import { shortenTemplates } from './vite/shorten-templates.js';
import { CONTENT_SECURITY_POLICY, ISOLATION_HEADERS } from './workers/headers.js';

// The page and its service worker say it: what package.json says, and of which commit.
process.env['VITE_VERSION'] = await version();

/** As semantic versions write it: `1.2.3+a1b2c3d`; without the commit where git doesn't know one, as in an unpacked package. */
async function version(): Promise<string> {
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' });
  return commit.status === 0 ? `${version}+${commit.stdout.trim()}` : version;
}

/** Writes the texts of index.html in place of their names between percent signs, and the manifest. */
function pageTexts(): Plugin {
  const texts = new Map<string, string>(Object.entries(text));
  const file = 'manifest.webmanifest';
  const source = JSON.stringify(manifest, undefined, 2);
  return {
    name: 'page-texts',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) =>
        html.replace(/%([a-z]+)%/gi, (_, name: string) => {
          const found = texts.get(name);
          if (found === undefined)
            throw new Error(`index.html names the text “${name}”, which there is not.`);
          return found.replace(/[&<"]/g, (character) => `&#${character.charCodeAt(0)};`);
        }),
    },
    configureServer({ middlewares }) {
      middlewares.use(`/${file}`, (_, response) => {
        response.setHeader('content-type', 'application/manifest+json');
        response.end(source);
      });
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: file, source });
    },
  };
}

/** The policy as a tag, for hosts that send no headers. In development Vite's own inline scripts must run. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: (_, { command, isPreview }) => command === 'build' || isPreview === true,
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
    configurePreviewServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        // Examples are pages of their own, with inline scripts.
        if (!request.url?.startsWith('/examples/')) {
          response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
        }
        next();
      });
    },
  };
}

/** Examples import the built module by its relative address, so they are served beside it. */
function examples(): Plugin {
  let outDir = 'dist';
  return {
    name: 'examples',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir;
    },
    closeBundle: () => cp('examples', join(outDir, 'examples'), { recursive: true }),
  };
}

/** The service worker, with a list of the files that it keeps: their sizes and hashes tell it which answers are right. */
function serviceWorker(): PluginOption[] {
  let outDir = 'dist';
  const listed = async <T extends { readonly url: string }>(entry: T) => {
    const bytes = await readFile(join(outDir, entry.url));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { ...entry, revision: null, bytes: bytes.length, sha256 };
  };
  return [
    {
      name: 'service-worker',
      configResolved({ build }) {
        outDir = build.outDir;
      },
    },
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'workers',
      filename: 'service-worker.ts',
      // The page registers it itself, once it has nothing better to do.
      injectRegister: false,
      manifest: false,
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: [
          '*.html',
          'defect-inspector.js',
          'assets/**',
          '*.{webmanifest,svg,png,ico}',
          'icons/**',
          'samples/**',
        ],
        maximumFileSizeToCacheInBytes: 8 * 2 ** 20,
        manifestTransforms: [async (entries) => ({ manifest: await Promise.all(entries.map(listed)) })],
      },
    }),
  ];
}

/** The evaluation and lessons need it, and nobody before. */
const READS_ZIPS = /[/\\](src[/\\]datasets[/\\](zip|blob-crc32)|fflate[/\\])/;

export default defineConfig({
  base: './',
  // A file that isn't there is a 404, as on a static host, and not the page.
  appType: 'mpa',
  resolve: { conditions: RUNTIME_CONDITIONS },
  server: { headers: ISOLATION_HEADERS },
  preview: { headers: ISOLATION_HEADERS },
  // What is found only while the page runs would reload it, with the photos in it.
  optimizeDeps: { entries: ['index.html', 'embed.html', 'workers/*.ts'], exclude: ['onnxruntime-web'] },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // What stands in for it where a browser lacks it would run in the module that programs import, too, where there may be no page.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Of no use to whoever only wants the page.
      checks: { bundlerTimings: false },
      input: { index: 'index.html', embed: 'embed.html', 'defect-inspector': 'src/index.ts' },
      preserveEntrySignatures: 'strict',
      output: {
        entryFileNames: ({ name }) => (name === 'defect-inspector' ? '[name].js' : 'assets/[name]-[hash].js'),
        codeSplitting: {
          groups: [
            { name: 'element', test: (id) => !READS_ZIPS.test(id), minShareCount: 2, priority: 1 },
            { name: 'zip', test: READS_ZIPS },
          ],
        },
      },
    },
  },
  plugins: [
    // Chunks lie in `assets` themselves.
    programFiles({ base: '../' }),
    pageTexts(),
    contentSecurityPolicy(),
    shortenTemplates(),
    importableAnywhere(),
    examples(),
    hostHeaders(),
    serviceWorker(),
  ],
});
