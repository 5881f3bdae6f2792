/** Where the entries of a ZIP lie whose directory counts their places from somewhere else. */
import type { ZipEntry } from './zip-directory.js';
import { bytesOf, isAt } from './zip-end.js';

const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
/** What may lie between an entry's head and what follows it, beside its name and its data. */
const SLACK = 1024;

/**
 * How far behind the places that the directory says the entries lie: some programs that unpack themselves count them from the first entry on,
 * and not from their own beginning.
 * @param end where the directory begins
 */
export async function shiftOf(zip: Blob, entries: readonly ZipEntry[], end: number): Promise<number> {
  const sorted = [...entries].sort((a, b) => a.offset - b.offset);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last || (await isAt(zip, first.offset, LOCAL)) || (await isAt(zip, last.offset, LOCAL)))
    return 0;
  const nearest = end - LOCAL_BYTES - last.nameBytes.length - last.packedSize;
  const from = Math.max(0, nearest - SLACK);
  const bytes = await bytesOf(zip, from, nearest + 4 - from);
  for (let at = bytes.byteLength - 4; at >= 0; at--) {
    const shift = from + at - last.offset;
    if (bytes.getUint32(at, true) === LOCAL && shift > 0 && (await isAt(zip, first.offset + shift, LOCAL)))
      return shift;
  }
  return 0;
}
