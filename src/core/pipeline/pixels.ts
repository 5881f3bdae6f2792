/** A photo of which rectangles are read, so that nobody needs all of its pixels at once. */
import type { Box, Inspection } from '../types.js';

/** RGBA as the camera's file has it: oriented, but with no colour management; alpha is not read. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/**
 * Pixels that are read of a source at once, where a row has no more of them: that bounds the memory, however large the photo. What was read
 * stays in memory while the network runs, in the worst case beside the canvas that it was drawn on.
 */
export const READ_PIXELS = 1e6;

export interface PixelSource {
  readonly width: number;
  readonly height: number;
  /** Of 16 bits a sample those that were taken to count; absent where the file has at most 8. */
  readonly bits?: number;
  /** A part of the photo is missing in the file: what stands in its place is not what the camera saw. */
  readonly isIncomplete?: boolean;
  /** It is the first of several pictures in its file. */
  readonly isFirstOfSeveral?: boolean;
  /**
   * The pixels of a rectangle that lies within the photo, row by row, as RGBA; alpha is of no account. Not to be changed, and
   * good until the next call.
   */
  read(x: number, y: number, width: number, height: number): Uint8Array | Uint8ClampedArray;
  /** Gives the photo's memory back; nothing can be read any more. */
  close?(): void;
}

/** A photo all of whose pixels are in memory. */
export type DecodedPhoto = Pixels & Omit<PixelSource, 'read' | 'close'>;

/**
 * Pixels in memory.
 * @throws {RangeError} when there are not `width * height` of them
 */
export function memorySource<Photo extends Pixels>({
  data,
  ...photo
}: Photo): Omit<Photo, 'data'> & PixelSource {
  const { width, height } = photo;
  if (data.length !== width * height * 4) {
    throw new RangeError(`${data.length} bytes are not an RGBA photo of ${width} x ${height} pixels.`);
  }
  return {
    ...photo,
    read(left, top, columns, rows) {
      const rowAt = (y: number, from: number, to: number) =>
        data.subarray((y * width + from) * 4, (y * width + to) * 4);
      if (columns === width) return data.subarray(top * width * 4, (top + rows) * width * 4);
      const part = new Uint8ClampedArray(columns * rows * 4);
      for (let y = 0; y < rows; y++) part.set(rowAt(top + y, left, left + columns), y * columns * 4);
      return part;
    },
  };
}

/** What an inspection says of the photo, beside its name and hash. */
export type PhotoFacts = Omit<Inspection['image'], 'name' | 'hash'>;

export const photoFacts = ({
  width,
  height,
  bits,
  isIncomplete,
  isFirstOfSeveral,
}: PixelSource): PhotoFacts => ({
  ...{ width, height },
  ...(bits !== undefined && { bits }),
  ...(isIncomplete && { isIncomplete }),
  ...(isFirstOfSeveral && { isFirstOfSeveral }),
});

/** A part of a photo as if it were all of it. @param area whole pixels within the photo */
export function cropSource(source: PixelSource, [x, y, width, height]: Box): PixelSource {
  return { width, height, read: (left, top, ...size) => source.read(x + left, y + top, ...size) };
}
