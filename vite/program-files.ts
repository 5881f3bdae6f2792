/**
 * `virtual:program-files`: what the program fetches by address, ready-made: four workers, each a single file, and the runtime. The page
 * and the package have the same ones, with a hash of their content in their names.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { isAbsolute, resolve as resolvePath } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, defaultClientConditions, type Plugin } from 'vite';

const ID = '\0virtual:program-files';
const WORKERS = ['inference', 'evaluation', 'picture', 'teaching'] as const;
const RUNTIME = 'onnxruntime-web/ort-wasm-simd-threaded';
const { resolve } = createRequire(import.meta.url);

/** The runtime's other builds inline or bundle their binary; this one takes it from where it is told. */
export const RUNTIME_CONDITIONS = ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions];

interface ProgramFile {
  /** From the folder that holds `assets` and `models`. */
  readonly path: string;
  readonly source: string | Uint8Array;
}

export interface ProgramFilesOptions {
  /** The folder that holds `assets` and `models`, seen from the built module: an address that ends with a slash. */
  readonly base: string;
}

interface Made {
  readonly files: Readonly<Record<string, ProgramFile>>;
  /** Paths of what they were made of, without packages. */
  readonly sources: ReadonlySet<string>;
}

export function programFiles({ base }: ProgramFilesOptions): Plugin {
  let isBuilding = false;
  let making: Promise<Made> | undefined;
  /** What a change of makes them anew, where the build watches. */
  let watched: ReadonlySet<string> = new Set();
  return {
    name: 'program-files',
    configResolved({ command }) {
      isBuilding = command === 'build';
    },
    resolveId: (source) => (source === 'virtual:program-files' ? ID : undefined),
    async load(id) {
      if (id !== ID) return undefined;
      if (!isBuilding) return inDevelopment();
      const { files, sources } = await (making ??= makeFiles()).catch((error: unknown) => {
        // Whoever mends one of them has it built again.
        making = undefined;
        watched = new Set(WORKERS.map((name) => resolvePath(entryOf(name))));
        for (const path of watched) this.addWatchFile(path);
        throw error;
      });
      watched = sources;
      for (const path of sources) this.addWatchFile(path);
      for (const { path, source } of Object.values(files)) {
        this.emitFile({ type: 'asset', fileName: path, source });
      }
      const paths = Object.fromEntries(Object.entries(files).map(([name, { path }]) => [name, path]));
      const bytes = files['binary']!.source.length;
      return `export const programFiles = ${JSON.stringify({ base, ...paths, bytes })};`;
    },
    watchChange(id) {
      if (watched.has(id)) making = undefined;
    },
  };
}

const entryOf = (worker: string): string => `workers/${worker}.ts`;

/** Workers as Vite serves them, compiled on demand. */
async function inDevelopment(): Promise<string> {
  const bytes = (await readFile(resolve(`${RUNTIME}.wasm`))).length;
  const addresses = [
    ...WORKERS.map((name) => [name, `/${entryOf(name)}?worker&url`]),
    ['loader', `${RUNTIME}.mjs?url`],
    ['binary', `${RUNTIME}.wasm?url`],
  ];
  const imports = addresses.map(([name, address]) => `import ${name} from '${address}';`);
  const names = addresses.map(([name]) => name).join(', ');
  return `${imports.join('\n')}\nexport const programFiles = { base: '/', ${names}, bytes: ${bytes} };`;
}

async function makeFiles(): Promise<Made> {
  const workers = await Promise.all(WORKERS.map(async (name) => ({ name, ...(await buildWorker(name)) })));
  const scripts = workers.map(({ name, code }) => [name, named(name, '.js', code)] as const);
  return {
    files: { ...Object.fromEntries(scripts), ...(await (runtime ??= makeRuntime())) },
    sources: new Set(workers.flatMap(({ sources }) => sources)),
  };
}

/** It never changes. */
let runtime: Promise<Record<'loader' | 'binary', ProgramFile>> | undefined;

async function makeRuntime(): Promise<Record<'loader' | 'binary', ProgramFile>> {
  // As .js and .bin: few hosts know .mjs for a script, or compress .wasm, whose size is then exact for a progress bar. Not .gz: some
  // servers would take that for a transport encoding, which hides the size.
  const loader = named('runtime', '.js', await readFile(resolve(`${RUNTIME}.mjs`)));
  const binary = named('runtime', '.bin', gzipSync(await readFile(resolve(`${RUNTIME}.wasm`)), { level: 9 }));
  return { loader, binary };
}

function named(name: string, extension: string, source: string | Uint8Array): ProgramFile {
  const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
  return { path: `assets/${name}-${hash}${extension}`, source };
}

/** One file that imports nothing, so that it runs wherever it is put. */
async function buildWorker(
  name: string,
): Promise<{ readonly code: string; readonly sources: readonly string[] }> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    resolve: { conditions: RUNTIME_CONDITIONS },
    build: {
      target: 'es2022',
      write: false,
      rolldownOptions: { input: entryOf(name), output: { format: 'es', codeSplitting: false } },
    },
  });
  if (!('output' in built)) throw new Error(`The ${name} worker was built more than once.`);
  const [chunk, ...others] = built.output;
  if (others.length > 0) throw new Error(`The ${name} worker is more than one file.`);
  return { code: chunk.code, sources: chunk.moduleIds.filter(isSource) };
}

/** Packages don't change while somebody builds, and names of virtual modules are no paths. */
const isSource = (id: string): boolean => isAbsolute(id) && !id.includes('/node_modules/');
