/** What a ZIP's directory says of its entries. It is read in parts: it may be of 200,000 entries, and its reader is a page. */
import type { Archive } from './zip-end.js';

const ENTRY = 0x02014b50;
/** Of an entry in the directory, before its name. */
const HEAD_BYTES = 46;
/** Of the directory that are read at a time: some thousand entries. */
const PART_BYTES = 262_144;

const IN_EXTRA_FIELD = 0xffffffff;
const LARGE_SIZES = 1;

export interface ZipEntry {
  readonly nameBytes: Uint8Array;
  readonly isEncrypted: boolean;
  /** How it is packed: 0 not at all, 8 deflated. */
  readonly method: number;
  readonly checksum: number;
  /** Bytes, unpacked and packed. */
  readonly size: number;
  readonly packedSize: number;
  /** Of the system that it was packed on. */
  readonly attributes: number;
  /** Where it lies in the ZIP, with a head of its own before it. */
  readonly offset: number;
}

/**
 * As many entries as it is said to have.
 * @returns them, and how many bytes of the directory they take
 * @throws {RangeError} where the directory ends early or holds something else
 */
export async function readDirectory({ zip, directory }: Archive): Promise<{
  readonly entries: readonly ZipEntry[];
  readonly read: number;
}> {
  const { start, size, count } = directory;
  const entries: ZipEntry[] = [];
  let [part, at, read] = [new DataView(new ArrayBuffer(0)), 0, 0];
  while (entries.length < count) {
    const length = entryLength(part, at);
    if (length === undefined || at + length > part.byteLength) {
      // What is left is read once more, with what follows; an entry is shorter than a part.
      const from = start + read;
      const to = Math.min(start + size, from + PART_BYTES);
      if (at === 0 && part.byteLength > 0) throw new RangeError('The directory ends within an entry.');
      part = new DataView(await zip.slice(from, to).arrayBuffer());
      if (part.byteLength === 0) throw new RangeError('The directory ends early.');
      at = 0;
      continue;
    }
    entries.push(entryAt(part, at, length));
    at += length;
    read += length;
  }
  return { entries, read };
}

/** Undefined where more of it has to be read to tell. */
function entryLength(part: DataView, at: number): number | undefined {
  if (at + HEAD_BYTES > part.byteLength) return undefined;
  if (part.getUint32(at, true) !== ENTRY) throw new RangeError('There is no entry.');
  return (
    HEAD_BYTES + part.getUint16(at + 28, true) + part.getUint16(at + 30, true) + part.getUint16(at + 32, true)
  );
}

function entryAt(part: DataView, at: number, length: number): ZipEntry {
  const nameEnd = at + HEAD_BYTES + part.getUint16(at + 28, true);
  const sizes = [at + 24, at + 20, at + 42].map((place) => part.getUint32(place, true));
  if (sizes.includes(IN_EXTRA_FIELD)) takeLarge(sizes, part, nameEnd, at + length);
  const [size, packedSize, offset] = sizes as [number, number, number];
  return {
    nameBytes: new Uint8Array(part.buffer, at + HEAD_BYTES, nameEnd - at - HEAD_BYTES),
    isEncrypted: (part.getUint16(at + 8, true) & 0x41) !== 0,
    method: part.getUint16(at + 10, true),
    checksum: part.getUint32(at + 16, true),
    size,
    packedSize,
    attributes: part.getUint32(at + 38, true),
    offset,
  };
}

/** Those that don't fit into 32 bits lie in a field behind the name, in that order. */
function takeLarge(sizes: number[], part: DataView, from: number, to: number): void {
  for (let at = from; at + 4 <= to; at += 4 + part.getUint16(at + 2, true)) {
    if (part.getUint16(at, true) !== LARGE_SIZES) continue;
    const end = Math.min(to, at + 4 + part.getUint16(at + 2, true));
    let place = at + 4;
    for (const [i, size] of sizes.entries()) {
      if (size !== IN_EXTRA_FIELD) continue;
      if (place + 8 > end) break;
      sizes[i] = Number(part.getBigUint64(place, true));
      place += 8;
    }
    return;
  }
}
