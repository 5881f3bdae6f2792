import { exifOrientation, type Orientation } from './exif.js';
import { segmentFrom } from './jpeg-segments.js';

const EXIF = 'Exif\0\0';
const PROFILE = 'ICC_PROFILE\0';

/**
 * A JPEG of which only the stored colours count: with a profile, browsers need memory for a second copy of it, and one that is
 * to be turned is slow to be read in parts. Never throws.
 * @returns the file without profile and EXIF, and how it must be turned
 */
export function plainJpeg(bytes: Uint8Array<ArrayBuffer>): {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly orientation: Orientation;
} {
  const names: number[] = [];
  let orientation: Orientation | undefined;
  for (let next = segmentFrom(bytes, 2); next; next = segmentFrom(bytes, next.end)) {
    const { marker, body } = next;
    if (marker === 0xda || marker === 0xd9) break;
    if (marker === 0xe1 && startsWith(body, EXIF)) orientation ??= exifOrientation(body);
    else if (!(marker === 0xe2 && startsWith(body, PROFILE))) continue;
    names.push(body.byteOffset - bytes.byteOffset);
  }
  if (names.length === 0) return { bytes, orientation: 1 };
  const plain = bytes.slice();
  // A segment of an unknown name is passed over.
  for (const at of names) plain[at]! |= 0x20;
  return { bytes: plain, orientation: orientation ?? 1 };
}

const startsWith = (body: Uint8Array, name: string): boolean =>
  String.fromCharCode(...body.subarray(0, name.length)) === name;
