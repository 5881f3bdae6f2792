/** ZIPs that were unpacked and left beside what was in them, whatever they and the folders are called. */
import { appendTo } from '../core/append-to.js';
import { kindsOf, type KnownFile } from './kind.js';
import type { Ledger } from './ledger.js';
import { isMask } from './mask-path.js';
import { baseName, normalPath, rootLength } from './paths.js';
import { isNoAnnotation } from './suspects.js';
import type { SourceFile } from './types.js';

/** So many of a ZIP's files tell where it was unpacked. */
const TELLING = 50;
/** Of so many files of one name. */
const ALIKE = 1000;

/**
 * The files without ZIPs that say nothing which the other files don't. A file that was changed since is the newer one, and what isn't
 * unpacked may only be a photo: both are listed.
 */
export async function withoutUnpacked(
  known: readonly KnownFile[],
  ledger: Ledger,
): Promise<readonly KnownFile[]> {
  const zips = known.filter(({ kind }) => kind === 'zip').map(({ file }) => file);
  if (zips.length === 0) return known;
  const sizes = new Map(known.map(({ file }) => [normalPath(file.path), file.size]));
  const byName = new Map<string, string[]>();
  for (const path of sizes.keys()) appendTo(byName, baseName(path), path);
  const unpacked = new Set<SourceFile>();
  for (const zip of zips) {
    const packed = await filesOf(zip);
    const place = placeOf(packed, sizes, byName);
    if (place === undefined) continue;
    const left = packed.filter(({ inner }) => !sizes.has(place + inner));
    if (!(await kindsOf(left.map(({ file }) => file))).every(saysNothing)) continue;
    unpacked.add(zip);
    if (left.length > 0) ledger.list({ reason: 'zip-part' }, zip.path);
    const isChanged = packed.some(({ file, inner }) => (sizes.get(place + inner) ?? file.size) !== file.size);
    if (isChanged) ledger.list({ reason: 'zip-older' }, zip.path);
  }
  return known.filter(({ file }) => !unpacked.has(file));
}

/** Photos, and what is written beside them without a word about defects. */
const saysNothing = ({ file: { path }, kind, error }: KnownFile): boolean =>
  (kind === 'photo' && error === undefined && !isMask(path)) || isNoAnnotation(path);

interface Packed {
  readonly file: SourceFile;
  /** Without the folder that all of them lie in. */
  readonly inner: string;
}

/** None of a ZIP that is damaged or locked, which nobody can compare, or lies in another one. */
async function filesOf(zip: SourceFile): Promise<readonly Packed[]> {
  if (zip.head) return [];
  try {
    const { zipSource } = await import('./zip.js');
    const { files } = await zipSource(await zip.blob(), zip.path);
    const root = rootLength(files.map(({ path }) => path));
    return files.map((file) => ({ file, inner: file.path.slice(root) }));
  } catch {
    return [];
  }
}

/** The folder that holds at least half of the files, each as large as it is packed: a path that ends with `/`, or ''. */
function placeOf(
  packed: readonly Packed[],
  sizes: ReadonlyMap<string, number | undefined>,
  byName: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  const places = new Set<string>();
  const step = Math.max(1, Math.floor(packed.length / TELLING));
  for (let i = 0; i < packed.length; i += step) {
    const { file, inner } = packed[i]!;
    for (const path of byName.get(baseName(inner))?.slice(0, ALIKE) ?? []) {
      if (sizes.get(path) === file.size && (path === inner || path.endsWith(`/${inner}`)))
        places.add(path.slice(0, path.length - inner.length));
    }
    if (places.size > TELLING) break;
  }
  return [...places].find((place) => {
    const same = packed.filter(({ file, inner }) => sizes.get(place + inner) === file.size);
    return 2 * same.length >= packed.length;
  });
}
