import type { Pixels } from '../pipeline/pixels.js';

/** How an image must be turned to stand upright, as EXIF counts it: 1 not at all, 6 a quarter to the right, ... */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const TAG = 0x0112;

/**
 * The orientation that an EXIF block states, with or without `Exif\0\0` in front; 1 where it states none. Never throws.
 */
export function exifOrientation(block: Uint8Array): Orientation {
  const skipped = String.fromCharCode(...block.subarray(0, 6)) === 'Exif\0\0' ? 6 : 0;
  const view = new DataView(block.buffer, block.byteOffset + skipped, block.byteLength - skipped);
  try {
    const little = view.getUint16(0) === 0x4949;
    const directory = view.getUint32(4, little);
    const entries = view.getUint16(directory, little);
    for (let i = 0; i < entries; i++) {
      const entry = directory + 2 + i * 12;
      if (view.getUint16(entry, little) !== TAG) continue;
      const value = view.getUint16(entry + 8, little);
      return value >= 1 && value <= 8 ? (value as Orientation) : 1;
    }
  } catch (error) {
    // Reading past the end of a DataView: the block is cut off.
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}

/** Whether width and height change places. */
export const isSideways = (orientation: Orientation): boolean => orientation >= 5;

/**
 * Turns RGBA pixels upright.
 * @param to as many pixels
 */
export function turnUpright(
  { data, width, height }: Pixels,
  orientation: Orientation,
  to: Uint32Array<ArrayBuffer>,
): void {
  // Where the stored image's corner goes, and the steps that its columns and rows take there.
  const [outWidth, outHeight] = isSideways(orientation) ? [height, width] : [width, height];
  const right = outWidth - 1;
  const bottom = (outHeight - 1) * outWidth;
  const [start, column, row] = (
    {
      1: [0, 1, outWidth],
      2: [right, -1, outWidth],
      3: [right + bottom, -1, -outWidth],
      4: [bottom, 1, -outWidth],
      5: [0, outWidth, 1],
      6: [right, outWidth, -1],
      7: [right + bottom, -outWidth, -1],
      8: [bottom, -outWidth, 1],
    } as const
  )[orientation].map(Number) as [number, number, number];
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0, at = start + y * row; x < width; x++, at += column) to[at] = from[i++]!;
  }
}
