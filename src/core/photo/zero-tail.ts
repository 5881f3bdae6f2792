/**
 * Files whose end was never written: an interrupted copy, or a cloud drive that keeps room for what it hasn't fetched, leaves
 * zeros in its place, at the full length. Decoders take the zeros for pixels.
 */
import type { ImageFormat } from './image-header.js';

const little = true;

/**
 * So many zeros end no compressed picture: an evenly grey one of 15 megapixels ends in 1.5 kB of them, which is a twentieth of
 * its file. The share is for files so small that they hold few bytes at all.
 */
const PACKED = { bytes: 4096, share: 0.1, least: 256 };

/** Share of a bitmap's rows that must be missing: below, the edge of something black may look the same. */
const ROWS = 0.02;

/** Whether what should be the last pixels of a photo is zeros that nobody has written. Never throws. */
export function hasZeroTail(format: ImageFormat, bytes: Uint8Array): boolean {
  switch (format) {
    case 'webp':
      return lacksPacked(bytes, chunkEnds(bytes, ['VP8 ', 'VP8L', 'ALPH', 'ANMF'], 12, riffChunk));
    case 'avif':
      return lacksPacked(bytes, chunkEnds(bytes, ['mdat'], 0, isoBox));
    case 'gif':
      // A semicolon ends it; zeros behind that are of no matter.
      return (
        lacksPacked(bytes, [bytes.length]) &&
        bytes[bytes.length - zerosBefore(bytes, bytes.length) - 1] !== 0x3b
      );
    case 'bmp':
      return lacksRows(bytes);
    default:
      return false;
  }
}

/** How many zeros lie right in front of a place. */
function zerosBefore(bytes: Uint8Array, end: number): number {
  let at = Math.min(end, bytes.length);
  while (at > 0 && bytes[at - 1] === 0) at--;
  return end - at;
}

function lacksPacked(bytes: Uint8Array, ends: readonly number[]): boolean {
  const limit = Math.min(PACKED.bytes, Math.max(PACKED.least, PACKED.share * bytes.length));
  return ends.some((end) => zerosBefore(bytes, Math.min(end, bytes.length)) >= limit);
}

/** The name of what begins at a place, and where it ends; an end that isn't behind the place stops the walk. */
type Part = (view: DataView, at: number) => { readonly nameAt: number; readonly end: number };

const riffChunk: Part = (view, at) => {
  const length = view.getUint32(at + 4, little);
  return { nameAt: at, end: at + 8 + length + (length & 1) };
};

const isoBox: Part = (view, at) => {
  const length = view.getUint32(at);
  // 0: to the end of the file; 1: the length is one of 64 bits, behind the name.
  const long = length === 1 && at + 16 <= view.byteLength ? Number(view.getBigUint64(at + 8)) : length;
  return { nameAt: at + 4, end: long === 0 ? view.byteLength : at + long };
};

/** Where the parts of these names end. Other parts, as of EXIF, may well end in zeros. */
function chunkEnds(bytes: Uint8Array, names: readonly string[], from: number, part: Part): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ends: number[] = [];
  for (let at = from; at + 8 <= bytes.length;) {
    const { nameAt, end } = part(view, at);
    if (names.includes(String.fromCharCode(...bytes.subarray(nameAt, nameAt + 4)))) ends.push(end);
    if (end <= at) break;
    at = end;
  }
  return ends;
}

/**
 * Black is zeros in a bitmap as well. What was cut differs from what is black by its edge: the last row that is there holds
 * a picture over its width, and all behind it is zero at once. A picture with black bars has them at both ends.
 */
function lacksRows(bytes: Uint8Array): boolean {
  if (bytes.length < 54) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isOld = view.getUint32(14, little) === 12;
  const width = isOld ? view.getUint16(18, little) : view.getInt32(18, little);
  const bits = view.getUint16(isOld ? 24 : 28, little);
  const packing = isOld ? 0 : view.getUint32(30, little);
  // Run lengths: 1 and 2.
  if (packing === 1 || packing === 2) return lacksPacked(bytes, [bytes.length]);
  const row = Math.ceil((width * bits) / 32) * 4;
  const start = view.getUint32(10, little);
  const rows = Math.floor((bytes.length - start) / row);
  if (!(row > 0 && rows > 2)) return false;
  const end = start + rows * row;
  const zeros = zerosBefore(bytes, end);
  const lastAt = start + (Math.floor((end - zeros - start) / row) - 1) * row;
  if (zeros < ROWS * rows * row || lastAt < start) return false;
  const isPicture = (at: number) =>
    bytes.subarray(at, at + row).filter((byte) => byte !== 0).length >= row / 2;
  return isPicture(lastAt) && isPicture(start);
}
