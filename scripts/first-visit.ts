/** What a first visit loads from a built page. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseCatalogue, pickModel } from '../src/model/catalogue.js';

const CODE = new Set(['.html', '.js', '.css']);
/** What is loaded later, if at all. */
const LATER = {
  'on demand': /^(evaluation|code)-/,
  'by dataset': /^(zip|__vite-browser-external)-/,
  /** What decodes photos for the screen, in a worker. */
  'by photo': /^picture-/,
  /** What teaches a model of one's own, the worker that learns, the panel, and the tools to mark with. */
  'by lesson': /^(teach|teaching|teaching-api|marking|lesson)-/,
  dialogs: /^(models-dialog|usage)-/,
  // SHA-256, where browsers offer none.
  'plain http': /^sha2-/,
  // Pictures that the empty page offers: content, which a page may leave out.
  samples: /^(ball-screw|strip|tile)-.*\.jpg$|^cap-\d+\.webp$|^(samples|lesson)\.json$/,
};

type Later = keyof typeof LATER;
export type Kind = 'code' | 'runtime' | 'model' | 'other' | Later;

export interface Size {
  readonly raw: number;
  readonly gzip: number;
}

export interface VisitFile extends Size {
  readonly path: string;
  readonly kind: Kind;
}

/** Every file that a visit may load, at once or later. */
export async function visitFiles(root: string): Promise<VisitFile[]> {
  const model = await shippedModel(root);
  const paths = new Set([...(await reachable(root)), model]);
  return Promise.all(
    Array.from(paths, async (path) => ({
      path,
      kind: path === model ? 'model' : kindOf(path),
      ...measure(await readFile(path)),
    })),
  );
}

/** By kind, in the order in which they were found. */
export function sumByKind(files: readonly VisitFile[]): Map<Kind, Size> {
  const sums = new Map<Kind, Size>();
  for (const { kind, raw, gzip } of files) {
    const sum = sums.get(kind) ?? { raw: 0, gzip: 0 };
    sums.set(kind, { raw: sum.raw + raw, gzip: sum.gzip + gzip });
  }
  return sums;
}

/** What goes over the wire: hosts compress code, but neither the runtime nor the model, which are compressed already. */
export function firstVisitBytes(files: readonly VisitFile[]): number {
  return files
    .filter(({ kind }) => !Object.hasOwn(LATER, kind))
    .reduce((sum, { kind, raw, gzip }) => sum + (kind === 'runtime' || kind === 'model' ? raw : gzip), 0);
}

function measure(bytes: Uint8Array): Size {
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
}

function kindOf(path: string): Kind {
  if (path.endsWith('.bin')) return 'runtime';
  for (const kind of Object.keys(LATER) as Later[]) if (LATER[kind].test(basename(path))) return kind;
  return CODE.has(extname(path)) ? 'code' : 'other';
}

/** Files that index.html needs, directly or not: their hashed names stand in the files that load them. */
async function reachable(root: string): Promise<string[]> {
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

async function shippedModel(root: string): Promise<string> {
  const catalogue = join(root, 'models', 'catalogue.json');
  return join(root, 'models', pickModel(parseCatalogue(await readFile(catalogue, 'utf8'))).file);
}
