/** What lies in an entry of a ZIP, unpacked. */
import { Inflate } from 'fflate';
import { crc32 } from '../core/crc32.js';
import { crc32Of } from './blob-crc32.js';
import type { ZipBytes } from './zip-bytes.js';
import type { ZipEntry } from './zip-directory.js';

/** An entry's own head: how it begins, and its bytes before the name. */
export const LOCAL = 0x04034b50;
export const LOCAL_BYTES = 30;
/** As a rule, what follows the name in an entry's own head is no longer. */
const EXTRA_BYTES = 64;
/** What is inflated at a time: a thousand times as much may come out at once. */
const MOST_AT_ONCE = 65_536;
const SMALL_STEP = 4096;
/** Bytes, packed and unpacked, up to which an entry is inflated here: setting the browser's own streams up takes longer than that. */
const SHORT = 262_144;

/** The whole entry, as it was packed. @throws where it is damaged */
export async function unpacked(zip: ZipBytes, entry: ZipEntry): Promise<Blob> {
  if (isShort(entry)) {
    const { start, bytes } = await shortEntry(zip, entry);
    // What lies in the file as it is takes no memory.
    return entry.method === 0 ? zip.blob.slice(start, start + entry.size) : new Blob([bytes]);
  }
  const packed = await packedData(zip, entry);
  const blob = entry.method === 0 ? packed : await new Response(inflated(packed, entry.size)).blob();
  requireWhole(entry, blob.size, await crc32Of(blob));
  return blob;
}

/** The same as bytes. @throws where it is damaged */
export async function unpackedBytes(zip: ZipBytes, entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
  if (isShort(entry)) return (await shortEntry(zip, entry)).bytes;
  return new Uint8Array(await (await unpacked(zip, entry)).arrayBuffer());
}

/** Its beginning. Unpacks little more than is asked for. @throws where it is damaged so far */
export async function unpackedHead(zip: ZipBytes, entry: ZipEntry, bytes: number): Promise<Uint8Array> {
  const wanted = Math.min(bytes, entry.size);
  // What can't be packed becomes a little longer.
  const { packed } = await beginning(zip, entry, wanted + wanted / 8 + EXTRA_BYTES);
  if (entry.method === 0) return packed.subarray(0, wanted);
  const isAll = packed.length === entry.packedSize;
  const head = inflatedHere(packed, wanted, isAll);
  return isAll || head.length >= wanted ? head.subarray(0, wanted) : streamedHead(zip, entry, wanted);
}

async function streamedHead(zip: ZipBytes, entry: ZipEntry, wanted: number): Promise<Uint8Array> {
  const reader = inflated(await packedData(zip, entry), entry.size).getReader();
  const head = new Uint8Array(wanted);
  let filled = 0;
  try {
    while (filled < head.length) {
      const { done, value } = await reader.read();
      if (done) break;
      head.set(value.subarray(0, head.length - filled), filled);
      filled += Math.min(value.length, head.length - filled);
    }
  } finally {
    // What lies behind it doesn't matter, nor whether it is damaged.
    await reader.cancel().catch(() => undefined);
  }
  return head.subarray(0, filled);
}

const isShort = ({ size, packedSize }: ZipEntry): boolean => Math.max(size, packedSize) <= SHORT;

async function shortEntry(zip: ZipBytes, entry: ZipEntry) {
  const { start, packed } = await beginning(zip, entry, entry.packedSize);
  // One byte more tells that there is more than the directory says.
  const bytes = entry.method === 0 ? packed.slice() : inflatedHere(packed, entry.size + 1, true);
  requireWhole(entry, bytes.length, crc32(bytes));
  return { start, bytes };
}

/** @throws where it is not what the directory says */
function requireWhole(entry: ZipEntry, size: number, checksum: number): void {
  if (size !== entry.size) throw new RangeError('The size differs.');
  if (checksum !== entry.checksum) throw new RangeError('The checksum differs.');
}

/** Where an entry's data begin, and the first of them. */
async function beginning(zip: ZipBytes, { offset, packedSize, nameBytes }: ZipEntry, bytes: number) {
  const wanted = Math.min(packedSize, Math.ceil(bytes));
  const read = await zip.at(offset, LOCAL_BYTES + nameBytes.length + EXTRA_BYTES + wanted);
  const head = new DataView(read.buffer, read.byteOffset, read.length);
  if (read.length < LOCAL_BYTES || head.getUint32(0, true) !== LOCAL)
    throw new RangeError('There is no entry where the directory says.');
  const length = LOCAL_BYTES + head.getUint16(26, true) + head.getUint16(28, true);
  const start = offset + length;
  if (start + packedSize > zip.blob.size) throw new RangeError('The entry ends early.');
  const isRead = length + wanted <= read.length;
  return { start, packed: isRead ? read.subarray(length, length + wanted) : await zip.at(start, wanted) };
}

async function packedData(zip: ZipBytes, entry: ZipEntry): Promise<Blob> {
  const { start } = await beginning(zip, entry, 0);
  return zip.blob.slice(start, start + entry.packedSize);
}

/** As much as comes out of it, and no more than was wanted. @param isAll whether nothing follows it */
function inflatedHere(packed: Uint8Array, wanted: number, isAll: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(wanted);
  let filled = 0;
  const inflate = new Inflate((part) => {
    bytes.set(part.subarray(0, wanted - filled), filled);
    filled = Math.min(wanted, filled + part.length);
  });
  for (let at = 0; at < packed.length && filled < wanted; at += SMALL_STEP)
    inflate.push(packed.subarray(at, at + SMALL_STEP), isAll && at + SMALL_STEP >= packed.length);
  return bytes.subarray(0, filled);
}

/** Ends with an error as soon as there is more than the directory says. */
function inflated(packed: Blob, size: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let left = size;
  return packed
    .stream()
    .pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          for (let at = 0; at < chunk.length; at += MOST_AT_ONCE)
            controller.enqueue(chunk.subarray(at, at + MOST_AT_ONCE));
        },
      }),
    )
    .pipeThrough(new DecompressionStream('deflate-raw'))
    .pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          left -= chunk.length;
          if (left < 0) throw new RangeError('There is more than the directory says.');
          controller.enqueue(chunk);
        },
      }),
    );
}
