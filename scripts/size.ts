/**
 * `npm run check:size [-- DIST]`
 *
 * What a first visit loads from the built page, and whether that stays within the budgets.
 */
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseCatalogue, pickModel } from '../src/model/catalogue.js';

const BUDGETS = [
  { what: 'code', gzip: 126e3 },
  // Loaded when somebody asks for the evaluation, the models or the usage figures.
  { what: 'on demand', gzip: 40e3 },
  { what: 'plain http', gzip: 10e3 },
  // Shipped compressed and not compressible further, so both columns are what a visit costs.
  { what: 'runtime', raw: 4e6 },
  { what: 'model', raw: 6e6 },
];
const CODE = new Set(['.html', '.js', '.mjs', '.css']);
const ON_DEMAND = /^(evaluation|models-dialog|usage-panel|__vite-browser-external)-/;
/** SHA-256 for pages on plain http, where browsers offer none. */
const PLAIN_HTTP = /^sha2-/;

const root = process.argv[2] ?? 'dist';

interface Size {
  readonly raw: number;
  readonly gzip: number;
}

function measure(bytes: Uint8Array): Size {
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
}

/** Files that index.html needs, directly or not: their hashed names stand in the files that load them. */
async function reachable(): Promise<string[]> {
  const files = (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const found = [join(root, 'index.html')];
  for (const file of found) {
    // The service worker lists every file there is, whether the page needs it or not.
    if (!CODE.has(extname(file)) || basename(file) === 'service-worker.js') continue;
    const text = await readFile(file, 'utf8');
    found.push(...files.filter((other) => !found.includes(other) && text.includes(basename(other))));
  }
  return found;
}

async function shippedModel(): Promise<string> {
  const catalogue = join(root, 'models', 'catalogue.json');
  return join(root, 'models', pickModel(parseCatalogue(await readFile(catalogue, 'utf8'))).file);
}

const model = await shippedModel();
const sizes = new Map<string, Size>();
for (const file of new Set([...(await reachable()), model])) {
  const what =
    file === model
      ? 'model'
      : file.includes('.wasm')
        ? 'runtime'
        : ON_DEMAND.test(basename(file))
          ? 'on demand'
          : PLAIN_HTTP.test(basename(file))
            ? 'plain http'
            : CODE.has(extname(file))
              ? 'code'
              : 'other';
  const size = measure(await readFile(file));
  const sum = sizes.get(what) ?? { raw: 0, gzip: 0 };
  sizes.set(what, { raw: sum.raw + size.raw, gzip: sum.gzip + size.gzip });
  print(file, size);
}

function print(label: string, { raw, gzip }: Size): void {
  const kB = (bytes: number) => `${(bytes / 1e3).toFixed(1)} kB`.padStart(12);
  console.log(`${label.padEnd(62)}${kB(raw)}${kB(gzip)} gzip`);
}

console.log();
for (const [what, size] of sizes) print(what, size);

for (const { what, ...budget } of BUDGETS) {
  const size = sizes.get(what) ?? { raw: Infinity, gzip: Infinity };
  for (const [unit, limit] of Object.entries(budget)) {
    if (size[unit as keyof Size] <= limit) continue;
    console.error(`The ${what} is over its budget of ${limit / 1e3} kB (${unit}).`);
    process.exitCode = 1;
  }
}
