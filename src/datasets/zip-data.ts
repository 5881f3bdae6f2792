/** What lies in an entry of a ZIP, unpacked. */
import { crc32Of } from './blob-crc32.js';
import type { ZipEntry } from './zip-directory.js';

const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
/** What is inflated at a time: a thousand times as much may come out at once. */
const MOST_AT_ONCE = 65_536;

/** The whole entry, as it was packed. @throws where it is damaged */
export async function unpacked(zip: Blob, entry: ZipEntry): Promise<Blob> {
  const packed = await packedData(zip, entry);
  const blob = entry.method === 0 ? packed : await new Response(inflated(packed, entry.size)).blob();
  if (blob.size !== entry.size) throw new RangeError('The size differs.');
  if ((await crc32Of(blob)) !== entry.checksum) throw new RangeError('The checksum differs.');
  return blob;
}

/** Its beginning. Unpacks no more than is asked for. @throws where it is damaged so far */
export async function unpackedHead(zip: Blob, entry: ZipEntry, bytes: number): Promise<Uint8Array> {
  const packed = await packedData(zip, entry);
  if (entry.method === 0) return new Uint8Array(await packed.slice(0, bytes).arrayBuffer());
  const reader = inflated(packed, entry.size).getReader();
  const head = new Uint8Array(Math.min(bytes, entry.size));
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

async function packedData(zip: Blob, { offset, packedSize }: ZipEntry): Promise<Blob> {
  const head = new DataView(await zip.slice(offset, offset + LOCAL_BYTES).arrayBuffer());
  if (head.byteLength < LOCAL_BYTES || head.getUint32(0, true) !== LOCAL)
    throw new RangeError('There is no entry where the directory says.');
  const start = offset + LOCAL_BYTES + head.getUint16(26, true) + head.getUint16(28, true);
  if (start + packedSize > zip.size) throw new RangeError('The entry ends early.');
  return zip.slice(start, start + packedSize);
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
