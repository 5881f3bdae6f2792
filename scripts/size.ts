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
  // Loaded when somebody asks for the evaluation: its views and its worker.
  { what: 'on demand', gzip: 40e3 },
  // Loaded by the evaluation worker for datasets that need it: a reader of YAML, one of ZIPs.
  { what: 'by dataset', gzip: 37e3 },
  // Loaded when somebody asks for the models or for the usage figures.
  { what: 'dialogs', gzip: 10e3 },
  { what: 'plain http', gzip: 10e3 },
  // Shipped compressed and not compressible further, so both columns are what a visit costs.
  { what: 'runtime', raw: 4e6 },
  { what: 'model', raw: 6e6 },
];
const CODE = new Set(['.html', '.js', '.mjs', '.css']);
const ON_DEMAND = /^evaluation-/;
const DIALOGS = /^(models-dialog|usage-panel)-/;
const BY_DATASET = /^(yaml-names|zip|__vite-browser-external)-/;
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
  const what = kindOf(file);
  const size = measure(await readFile(file));
  const sum = sizes.get(what) ?? { raw: 0, gzip: 0 };
  sizes.set(what, { raw: sum.raw + size.raw, gzip: sum.gzip + size.gzip });
  print(file, size);
}

function kindOf(file: string): string {
  const name = basename(file);
  if (file === model) return 'model';
  if (name.includes('.wasm')) return 'runtime';
  if (ON_DEMAND.test(name)) return 'on demand';
  if (BY_DATASET.test(name)) return 'by dataset';
  if (DIALOGS.test(name)) return 'dialogs';
  if (PLAIN_HTTP.test(name)) return 'plain http';
  return CODE.has(extname(name)) ? 'code' : 'other';
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
