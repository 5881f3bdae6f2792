import { exifOrientation, type Orientation } from './exif.js';

const little = true;
/** Flags of an extended file: it is transparent, it holds EXIF. */
const ALPHA = 0x10;
const EXIF = 0x08;

/**
 * A WebP of which only the colours count: not all browsers turn it as its EXIF says, and canvases multiply colours with
 * their transparency. That of lossless files can't be taken away: it is part of each pixel. Never throws.
 * @returns the file without both, and how it must be turned
 */
export function colourWebp(bytes: Uint8Array<ArrayBuffer>): {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly orientation: Orientation;
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const changes = new Map<number, number>();
  let orientation: Orientation = 1;
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, little);
    const body = at + 8;
    switch (String.fromCharCode(...bytes.subarray(at, at + 4))) {
      case 'VP8X':
        if (body < bytes.length && bytes[body]! & (ALPHA | EXIF))
          changes.set(body, bytes[body]! & ~(ALPHA | EXIF));
        break;
      case 'ALPH':
        // A chunk of an unknown name is passed over.
        changes.set(at, bytes[at]! | 0x20);
        break;
      case 'EXIF':
        orientation = exifOrientation(bytes.subarray(body, body + length));
        changes.set(at, bytes[at]! | 0x20);
    }
    at = body + length + (length & 1);
  }
  if (changes.size === 0) return { bytes, orientation };
  const changed = bytes.slice();
  for (const [at, value] of changes) changed[at] = value;
  return { bytes: changed, orientation };
}
