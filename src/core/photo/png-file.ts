/** What a PNG says about itself. */
import { crc32 } from '../crc32.js';
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
  /** Whether it has further pictures, which this program doesn't read. */
  readonly isAnimated: boolean;
  /** Red, green and blue of each colour; empty where there is none. */
  readonly palette: Uint8Array;
  /** The compressed pixels. */
  readonly data: readonly Uint8Array<ArrayBuffer>[];
  /** What the pixels need: names and bodies of these chunks, as far as they are there, and what each should sum up to. */
  readonly essential: readonly { readonly bytes: Uint8Array; readonly checksum: number | undefined }[];
}

const CHUNK = {
  IHDR: 0x49484452,
  PLTE: 0x504c5445,
  IDAT: 0x49444154,
  IEND: 0x49454e44,
  fcTL: 0x6663544c,
  acTL: 0x6163544c,
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
  let isAnimated = false;
  let hasFrame = false;
  let palette: Uint8Array = new Uint8Array();
  const data: Uint8Array<ArrayBuffer>[] = [];
  const essential: { bytes: Uint8Array; checksum: number | undefined }[] = [];
  const need = (at: number, end: number) => {
    const checksum = end + 4 <= bytes.length ? view.getUint32(end) : undefined;
    essential.push({ bytes: bytes.subarray(at + 4, end), checksum });
  };
  need(8, 29);
  for (let at = 33; at + 12 <= bytes.length && !isEnded;) {
    const length = view.getUint32(at);
    const end = at + 8 + length;
    const body = bytes.subarray(at + 8, end);
    switch (view.getUint32(at + 4)) {
      case CHUNK.IDAT:
        data.push(body);
        need(at, end);
        break;
      case CHUNK.PLTE:
        palette = body;
        need(at, end);
        break;
      case CHUNK.eXIf:
        orientation = exifOrientation(body);
        isPlain &&= orientation === 1;
        break;
      case CHUNK.gAMA:
        isPlain &&= body.length >= 4 && view.getUint32(at + 8) === GAMMA_OF_SRGB;
        break;
      case CHUNK.acTL:
        isAnimated = body.length >= 4 && view.getUint32(at + 8) > 1;
        // The first picture of the animation may be another than the one that shows without it.
        isPlain = false;
        break;
      case CHUNK.fcTL:
        // A picture without a place in the animation is seen by nobody, but decoded by all.
        isAnimated ||= !hasFrame && data.length > 0;
        hasFrame = true;
        break;
      case CHUNK.tRNS:
      case CHUNK.iCCP:
      case CHUNK.cICP:
        isPlain = false;
        break;
      case CHUNK.IEND:
        isEnded = true;
    }
    at = end + 4;
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
    isAnimated,
    palette,
    data,
    essential,
  };
}

/** Of each pixel: one for grey and palettes, three for colours, and one more for transparency. 0 for what is no PNG. */
export const samplesPerPixel = ({ colour }: Pick<PngFile, 'colour'>): number => SAMPLES[colour] ?? 0;

const SAMPLES = [1, 0, 3, 1, 2, 0, 4];

/** Pixels that stand together in the file: all, or each pass of an interlaced file. */
export interface Pass {
  /** The first pixel's place in the image. */
  readonly x: number;
  readonly y: number;
  /** From one pixel and row to the next one in the image. */
  readonly stepX: number;
  readonly stepY: number;
  readonly columns: number;
  readonly rows: number;
}

export function passesOf({ width, height, isInterlaced }: PngFile): readonly Pass[] {
  if (!isInterlaced) return [{ x: 0, y: 0, stepX: 1, stepY: 1, columns: width, rows: height }];
  return ADAM7.map(([x, y, stepX, stepY]) => ({
    ...{ x, y, stepX, stepY },
    columns: Math.ceil((width - x) / stepX),
    rows: Math.ceil((height - y) / stepY),
  })).filter(({ columns, rows }) => columns > 0 && rows > 0);
}

/** Of a row of so many pixels, without the byte in front of it that names its filter. */
export const bytesOfRow = (file: PngFile, columns: number): number =>
  Math.ceil((columns * samplesPerPixel(file) * file.depth) / 8);

/** Bytes of the pixels once they are inflated. */
export const inflatedSize = (file: PngFile): number =>
  passesOf(file).reduce((sum, { columns, rows }) => sum + rows * (1 + bytesOfRow(file, columns)), 0);

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

/** Whether what the pixels need was stored as it was written. */
export const isIntact = ({ essential }: PngFile): boolean =>
  essential.every(({ bytes, checksum }) => checksum === crc32(bytes));
