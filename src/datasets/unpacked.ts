/** ZIPs that were unpacked where they lie, and left there. */
import type { KnownFile } from './kind.js';
import { folderOf, normalPath, withoutExtension } from './paths.js';
import type { SourceFile } from './types.js';

/** The files without such ZIPs: these say nothing that the files beside them don't. */
export async function withoutUnpacked(known: readonly KnownFile[]): Promise<readonly KnownFile[]> {
  const zips = known.filter(({ kind }) => kind === 'zip').map(({ file }) => file);
  if (zips.length === 0) return known;
  const sizes = new Map(known.map(({ file }) => [normalPath(file.path), file.size]));
  const unpacked = new Set<SourceFile>();
  for (const zip of zips) if (await isUnpacked(zip, sizes)) unpacked.add(zip);
  return known.filter(({ file }) => !unpacked.has(file));
}

/** Whether each of its files lies beside it, or in a folder of its name, and is as large. Its directory tells. */
async function isUnpacked(zip: SourceFile, sizes: ReadonlyMap<string, number | undefined>): Promise<boolean> {
  // Of a ZIP within another one, all would have to be unpacked for that.
  if (zip.head) return false;
  try {
    const { zipSource } = await import('./zip.js');
    const { files } = await zipSource(await zip.blob(), zip.path);
    const path = normalPath(zip.path);
    const places = [folderOf(path), withoutExtension(path)].map((place) => (place === '' ? '' : `${place}/`));
    const areThere = (place: string): boolean =>
      files.every((file) => sizes.get(place + file.path) === file.size);
    return files.length > 0 && places.some(areThere);
  } catch {
    // Damaged or locked: nobody knows what it holds.
    return false;
  }
}
