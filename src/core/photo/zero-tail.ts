/**
 * Files whose end was never written: an interrupted copy, or a cloud drive that keeps room for what it hasn't fetched, leaves
 * zeros in its place, at the full length. Decoders take the zeros for pixels.
 */
import { bitmapLayout } from './bmp-file.js';
import { isoBoxes, riffChunks, type FilePart } from './file-parts.js';
import type { ImageFormat } from './image-header.js';

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
      return lacksPacked(bytes, endsOf(riffChunks(bytes), 'VP8 ', 'VP8L', 'ALPH', 'ANMF'));
    case 'avif':
      return lacksPacked(bytes, endsOf(isoBoxes(bytes), 'mdat'));
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

/** So many zeros in a row were written over what was there, as by a disk or a transfer that has lost a block. */
const HOLE = 4096;

/** Whether there is a hole of zeros within the pixels of a photo whose codes nobody checks. Never throws. */
export function hasHole(format: ImageFormat, bytes: Uint8Array): boolean {
  if (format !== 'webp') return false;
  for (const { name, start, end } of riffChunks(bytes)) {
    if (['VP8 ', 'VP8L', 'ALPH', 'ANMF'].includes(name) && hasZeros(bytes.subarray(start, end))) return true;
  }
  return false;
}

/** Looks at every `HOLE`th byte alone where that isn't zero. */
function hasZeros(bytes: Uint8Array): boolean {
  for (let at = HOLE - 1; at < bytes.length; at += HOLE) {
    if (bytes[at] !== 0) continue;
    const before = zerosBefore(bytes, at);
    let end = at;
    while (bytes[end] === 0) end++;
    if (before + end - at >= HOLE) return true;
  }
  return false;
}

/** How many zeros lie right in front of a place. */
function zerosBefore(bytes: Uint8Array, end: number): number {
  let at = Math.min(end, bytes.length);
  while (at > 0 && bytes[at - 1] === 0) at--;
  return end - at;
}

function lacksPacked(bytes: Uint8Array, ends: Iterable<number>): boolean {
  const limit = Math.min(PACKED.bytes, Math.max(PACKED.least, PACKED.share * bytes.length));
  for (const end of ends) if (zerosBefore(bytes, end) >= limit) return true;
  return false;
}

/** Where the parts of these names end. Other parts, as of EXIF, may well end in zeros. */
function* endsOf(parts: Iterable<FilePart>, ...names: readonly string[]): Generator<number> {
  for (const { name, end } of parts) if (names.includes(name)) yield end;
}

/**
 * Black is zeros in a bitmap as well. What was cut differs from what is black by its edge: the last row that is there holds
 * a picture over its width, and all behind it is zero at once. A picture with black bars has them at both ends.
 */
function lacksRows(bytes: Uint8Array): boolean {
  const layout = bitmapLayout(bytes);
  if (!layout) return false;
  const { start, row } = layout;
  if (row === undefined) return lacksPacked(bytes, [bytes.length]);
  const rows = Math.floor((bytes.length - start) / row);
  if (rows <= 2) return false;
  const end = start + rows * row;
  const zeros = zerosBefore(bytes, end);
  const lastAt = start + (Math.floor((end - zeros - start) / row) - 1) * row;
  if (zeros < ROWS * rows * row || lastAt < start) return false;
  const isPicture = (at: number) =>
    bytes.subarray(at, at + row).filter((byte) => byte !== 0).length >= row / 2;
  return isPicture(lastAt) && isPicture(start);
}
