/** What a PNG says about itself, and what is left of it when only its pixels count. */
import { exifOrientation, type Orientation } from './exif.js';

/** As stored in the file's header. */
export const PNG_COLOURS = { grey: 0, rgb: 2, palette: 3, greyAlpha: 4, rgba: 6 } as const;

export interface PngFile {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. */
  readonly depth: number;
  /** One of `PNG_COLOURS`, in a file that is in order. */
  readonly colour: number;
  readonly isInterlaced: boolean;
  readonly orientation: Orientation;
  /** Whether every browser decodes it alike: opaque, with at most 8 bits a sample and nothing about its colours. */
  readonly isPlain: boolean;
  /** The compressed pixels. */
  readonly data: readonly Uint8Array<ArrayBuffer>[];
  /** The chunks that the pixels need, but for the last one, with signature and checksums. */
  readonly essential: readonly Uint8Array[];
}

const CHUNK = {
  IHDR: 0x49484452,
  PLTE: 0x504c5445,
  IDAT: 0x49444154,
  IEND: 0x49454e44,
  tRNS: 0x74524e53,
  gAMA: 0x67414d41,
  iCCP: 0x69434350,
  cICP: 0x63494350,
  eXIf: 0x65584966,
};
/** Canvases of some browsers end here. */
const MAX_SIDE = 32_767;
/** The gamma of sRGB, as PNG writes it: it changes nothing. */
const GAMMA_OF_SRGB = 45_455;

/**
 * Goes from chunk to chunk until the end of the file or of what is left of it. Never throws; undefined where no header
 * comes first.
 */
export function readPng(bytes: Uint8Array<ArrayBuffer>): PngFile | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33 || view.getUint32(12) !== CHUNK.IHDR) return undefined;
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [depth, colour, interlace] = [bytes[24]!, bytes[25]!, bytes[28]!];
  let orientation: Orientation = 1;
  let isPlain = depth <= 8 && Math.max(width, height) <= MAX_SIDE && (colour & 4) === 0;
  let isEnded = false;
  const data: Uint8Array<ArrayBuffer>[] = [];
  const essential = [bytes.subarray(0, 33)];
  for (let at = 33; at + 12 <= bytes.length && !isEnded;) {
    const length = view.getUint32(at);
    const body = bytes.subarray(at + 8, Math.min(at + 8 + length, bytes.length));
    switch (view.getUint32(at + 4)) {
      case CHUNK.IDAT:
        data.push(body);
        essential.push(bytes.subarray(at, at + 12 + length));
        break;
      case CHUNK.PLTE:
        essential.push(bytes.subarray(at, at + 12 + length));
        break;
      case CHUNK.eXIf:
        orientation = exifOrientation(body);
        isPlain &&= orientation === 1;
        break;
      case CHUNK.gAMA:
        isPlain &&= body.length >= 4 && view.getUint32(at + 8) === GAMMA_OF_SRGB;
        break;
      case CHUNK.tRNS:
      case CHUNK.iCCP:
      case CHUNK.cICP:
        isPlain = false;
        break;
      case CHUNK.IEND:
        isEnded = true;
    }
    at += 12 + length;
  }
  // Of a file that is cut off, browsers show the first rows, or nothing.
  isPlain &&= isEnded;
  return {
    width,
    height,
    depth,
    colour,
    isInterlaced: interlace === 1,
    orientation,
    isPlain,
    data,
    essential,
  };
}

/** An empty chunk IEND with its checksum. */
const END = Uint8Array.of(0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82);

/** The file without anything that isn't needed for its pixels: comments, profiles, transparency. */
export function essentialPng({ essential }: PngFile): Uint8Array<ArrayBuffer> {
  return joined([...essential, END]);
}

/** Bytes of the pixels once they are inflated: a filter byte before every row, in each pass of an interlaced file. */
export function inflatedSize({ width, height, depth, colour, isInterlaced }: PngFile): number {
  const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colour] ?? 4;
  const pass = (columns: number, rows: number) =>
    columns > 0 && rows > 0 ? rows * (1 + Math.ceil((columns * samples * depth) / 8)) : 0;
  if (!isInterlaced) return pass(width, height);
  const along = (size: number, first: number, step: number) => Math.ceil((size - first) / step);
  return ADAM7.reduce((sum, [x, y, dx, dy]) => sum + pass(along(width, x, dx), along(height, y, dy)), 0);
}

/**
 * Reads samples of fewer than 8 bits, of which a pixel has one each, or of 8. Rows begin with a byte of their own; of several
 * pixels in a byte the first one has the highest bits.
 */
export function packedSamples(
  data: ArrayLike<number>,
  { width, depth }: { readonly width: number; readonly depth: number },
): (x: number, y: number) => number {
  const rowLength = Math.ceil((width * depth) / 8);
  const mask = 2 ** depth - 1;
  return (x, y) => {
    const bit = x * depth;
    return (data[y * rowLength + (bit >> 3)]! >> (8 - depth - (bit & 7))) & mask;
  };
}

/** First column and row, and the steps between columns and rows, of each pass. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
