import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defaultClientConditions, defineConfig, type Plugin, type PluginOption } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { manifest } from './src/app/manifest.js';
import { text } from './src/messages/index-html-text.js';
import { CONTENT_SECURITY_POLICY, ISOLATION_HEADERS } from './workers/headers.js';

// The page and its service worker say it: what package.json says, and of which commit.
process.env['VITE_VERSION'] = await version();

const RUNTIME_WASM = 'onnxruntime-web/ort-wasm-simd-threaded.wasm';

/** As semantic versions write it: `1.2.3+a1b2c3d`; without the commit where git doesn't know one, as in an unpacked package. */
async function version(): Promise<string> {
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' });
  return commit.status === 0 ? `${version}+${commit.stdout.trim()}` : version;
}

/**
 * `virtual:runtime-wasm`: URL and size of the runtime's binary. The build ships it compressed (14.2 -> 3.7 MB), since
 * few static hosts compress .wasm, and since its size is then exact for a progress bar.
 */
function runtimeWasm(): Plugin {
  const id = '\0virtual:runtime-wasm';
  let building = false;
  return {
    name: 'runtime-wasm',
    configResolved({ command }) {
      building = command === 'build';
    },
    resolveId: (source) => (source === 'virtual:runtime-wasm' ? id : undefined),
    async load(loaded) {
      if (loaded !== id) return undefined;
      const wasm = await readFile(createRequire(import.meta.url).resolve(RUNTIME_WASM));
      if (!building) {
        return `export { default as url } from '${RUNTIME_WASM}?url';\nexport const bytes = ${wasm.length};`;
      }
      const source = gzipSync(wasm, { level: 9 });
      // Not .gz: some servers would take that for a transport encoding, which hides the size.
      const file = this.emitFile({ type: 'asset', name: 'ort-wasm-simd-threaded.wasm.bin', source });
      return `export const url = import.meta.ROLLUP_FILE_URL_${file};\nexport const bytes = ${source.length};`;
    },
  };
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

/**
 * Minifiers leave template strings alone: the indentation of markup and style sheets, and the comments of the latter,
 * would travel to every visitor.
 */
function shortenTemplates(): Plugin {
  return {
    name: 'shorten-templates',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/src\/components\/.*\.ts$/.test(id)) return undefined;
      const bare = id.endsWith('.styles.ts') ? code.replace(/\/\*[^]*?\*\//g, '') : code;
      // A line break stays, which is white space enough in markup, and what statements may end with.
      return { code: bare.replace(/\n\s+/g, '\n'), map: null };
    },
  };
}

/** What Lit's build for browsers touches when it is imported, and what its build for programs has there instead. */
const PAGELESS = [
  ['reactive-element.js', 'extends HTMLElement', 'extends(globalThis.HTMLElement??class{})'],
  ['lit-html.js', '=document,', '=globalThis.document??{createTreeWalker:()=>({})},'],
] as const;

/** The module can be imported where there is no page: a program that renders pages, for instance, imports it, too. */
function importableAnywhere(): Plugin {
  return {
    name: 'importable-anywhere',
    apply: 'build',
    transform(code, id) {
      const part = PAGELESS.find(([file]) => id.endsWith(`/${file}`));
      if (!part) return undefined;
      const [, found, instead] = part;
      if (!code.includes(found)) this.error(`There is no “${found}” in ${id}: look at what it does now.`);
      return { code: code.replace(found, instead), map: null };
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

/** The service worker, with a list of the files that it keeps; their hashes tell it when one is damaged. */
function serviceWorker(): PluginOption[] {
  let outDir = 'dist';
  const withHash = async <T extends { readonly url: string }>(entry: T) => ({
    ...entry,
    sha256: createHash('sha256')
      .update(await readFile(join(outDir, entry.url)))
      .digest('hex'),
  });
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
        globPatterns: ['index.html', 'defect-inspector.js', 'assets/**', '*.{webmanifest,svg,png,ico}'],
        maximumFileSizeToCacheInBytes: 8 * 2 ** 20,
        // Their names carry a hash.
        dontCacheBustURLsMatching: /^assets\//,
        manifestTransforms: [async (entries) => ({ manifest: await Promise.all(entries.map(withHash)) })],
      },
    }),
  ];
}

export default defineConfig({
  base: './',
  // A file that isn't there is a 404, as on a static host, and not the page.
  appType: 'mpa',
  // The runtime's other builds inline or bundle their binary; this one takes it from where it is told.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  server: { headers: ISOLATION_HEADERS },
  preview: { headers: ISOLATION_HEADERS },
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    rolldownOptions: {
      input: { index: 'index.html', 'defect-inspector': 'src/index.ts' },
      preserveEntrySignatures: 'strict',
      output: {
        entryFileNames: ({ name }) => (name === 'defect-inspector' ? '[name].js' : 'assets/[name]-[hash].js'),
        codeSplitting: { groups: [{ name: 'element', minShareCount: 2 }] },
      },
    },
  },
  plugins: [
    runtimeWasm(),
    pageTexts(),
    contentSecurityPolicy(),
    shortenTemplates(),
    importableAnywhere(),
    examples(),
    serviceWorker(),
  ],
});
