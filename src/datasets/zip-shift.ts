/** Where the entries of a ZIP lie whose directory counts their places from somewhere else. */
import { LOCAL, LOCAL_BYTES } from './zip-data.js';
import type { ZipEntry } from './zip-directory.js';
import { bytesOf, isAt } from './zip-end.js';

/** What may lie between an entry's head and what follows it, beside its name and its data. */
const SLACK = 1024;

/**
 * How far behind the places that the directory says the entries lie: some programs that unpack themselves count them from the first entry on,
 * and not from their own beginning.
 * @param end where the directory begins
 */
export async function shiftOf(zip: Blob, entries: readonly ZipEntry[], end: number): Promise<number> {
  const [any] = entries;
  if (!any) return 0;
  let [first, last] = [any, any];
  for (const entry of entries) {
    if (entry.offset < first.offset) first = entry;
    if (entry.offset >= last.offset) last = entry;
  }
  if ((await isAt(zip, first.offset, LOCAL)) || (await isAt(zip, last.offset, LOCAL))) return 0;
  const nearest = end - LOCAL_BYTES - last.nameBytes.length - last.packedSize;
  // There is no room for what the directory says of it.
  if (nearest < 0) return 0;
  const from = Math.max(0, nearest - SLACK);
  const bytes = await bytesOf(zip, from, nearest + 4 - from);
  for (let at = bytes.byteLength - 4; at >= 0; at--) {
    const shift = from + at - last.offset;
    if (bytes.getUint32(at, true) === LOCAL && shift > 0 && (await isAt(zip, first.offset + shift, LOCAL)))
      return shift;
  }
  return 0;
}
