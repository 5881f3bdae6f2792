import { isFrame, segmentFrom } from './jpeg-segments.js';

export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'bmp' | 'avif' | 'heic' | 'tiff';

/** Size as stored, before any EXIF orientation; left out where the bytes at hand don't say. */
export interface ImageHeader {
  readonly format: ImageFormat;
  readonly width?: number;
  readonly height?: number;
}

type Size = readonly [width: number, height: number];

/**
 * Tells an image's format and size from the first bytes of its file, so that a photo too large or of a wrong
 * kind is refused before anything is decoded. 64 kB are enough for nearly all files; only a JPEG with a longer
 * preview or colour profile in front needs more. Never throws; undefined for anything else.
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const format = detectFormat(bytes);
  if (!format) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let size: Size | undefined;
  try {
    size = READERS[format]?.(view);
  } catch (error) {
    // Reading past the end of a DataView: the header is cut off.
    if (!(error instanceof RangeError)) throw error;
  }
  if (!size || !(size[0] > 0 && size[1] > 0)) return { format };
  return { format, width: size[0], height: size[1] };
}

function ascii(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}

const BMP_HEADERS = new Set(
  [12, 16, 40, 52, 56, 64, 108, 124].map((length) => `${String.fromCharCode(length)}\0\0\0`),
);

function detectFormat(bytes: Uint8Array): ImageFormat | undefined {
  const start = ascii(bytes, 0, 12);
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (start.startsWith('\x89PNG\r\n\x1a\n') && ascii(bytes, 12, 4) !== 'CgBI') return 'png';
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return 'webp';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'gif';
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) return 'tiff';
  // Two letters alone would take much text for a bitmap: the length of the header that follows is a small number.
  if (start.startsWith('BM') && (bytes.length < 18 || BMP_HEADERS.has(ascii(bytes, 14, 4)))) return 'bmp';
  if (start.slice(4, 8) === 'ftyp') return detectBrand(bytes);
  return undefined;
}

/** AVIF and HEIC are both ISO base media files; the brands of the `ftyp` box tell which. */
function detectBrand(bytes: Uint8Array): ImageFormat | undefined {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const brands = ascii(bytes, 8, Math.min(length, 256) - 8);
  if (/avi[fs]/.test(brands)) return 'avif';
  if (/hei[cxms]|hev[cxms]|mif1/.test(brands)) return 'heic';
  return undefined;
}

const READERS: Partial<Record<ImageFormat, (view: DataView) => Size | undefined>> = {
  jpeg: readJpeg,
  png: (view) => [view.getUint32(16), view.getUint32(20)],
  webp: readWebp,
  gif: (view) => [view.getUint16(6, true), view.getUint16(8, true)],
  bmp: readBmp,
  avif: readIsoMedia,
  heic: readIsoMedia,
};

/** Goes from segment to segment until a start of frame. */
function readJpeg(view: DataView): Size | undefined {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  for (let next = segmentFrom(bytes, 2); next; next = segmentFrom(bytes, next.end)) {
    const { marker, body } = next;
    if (isFrame(marker) && body.length >= 5) return [(body[3]! << 8) | body[4]!, (body[1]! << 8) | body[2]!];
    // Image data or the end before any frame.
    if (marker === 0xd9 || marker === 0xda) return undefined;
  }
  return undefined;
}

function readWebp(view: DataView): Size | undefined {
  const little = true;
  switch (view.getUint32(12)) {
    case 0x56503820: // 'VP8 ', lossy: a key frame with its start code
      if (view.getUint8(23) !== 0x9d || view.getUint16(24) !== 0x012a) return undefined;
      return [view.getUint16(26, little) & 0x3fff, view.getUint16(28, little) & 0x3fff];
    case 0x5650384c: {
      // 'VP8L', lossless: two times 14 bits behind the signature
      if (view.getUint8(20) !== 0x2f) return undefined;
      const bits = view.getUint32(21, little);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    case 0x56503858: // 'VP8X', extended: two times 24 bits behind the flags
      return [(view.getUint32(24, little) & 0xffffff) + 1, (view.getUint32(26, little) >>> 8) + 1];
    default:
      return undefined;
  }
}

function readBmp(view: DataView): Size {
  const little = true;
  if (view.getUint32(14, little) === 12) return [view.getUint16(18, little), view.getUint16(20, little)];
  // A negative height means that the rows run from the top down.
  return [view.getInt32(18, little), Math.abs(view.getInt32(22, little))];
}

/** Properties stand before the pixels, where chance could spell anything. */
const ITEM_PROPERTIES_WITHIN = 65_536;

/** The largest spatial extent among the items: tiles and thumbnails of the image have smaller ones. */
function readIsoMedia(view: DataView): Size | undefined {
  let largest: Size | undefined;
  const end = Math.min(view.byteLength, ITEM_PROPERTIES_WITHIN);
  for (let at = 4; at + 16 <= end; at++) {
    if (view.getUint32(at) !== 0x69737065) continue; // 'ispe'
    const size: Size = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (!largest || size[0] * size[1] > largest[0] * largest[1]) largest = size;
  }
  return largest;
}
