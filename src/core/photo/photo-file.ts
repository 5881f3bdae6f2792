/**
 * What a photo's bytes say before anything is decoded. One rule for what is inspected, for the view and for thumbnails: what is
 * refused here is decoded nowhere.
 */
import type { Reason } from '../../messages/error-text.js';
import { archiveFormat } from '../archive.js';
import { InspectorError } from '../errors.js';
import type { PixelSource } from '../pipeline/pixels.js';
import { isCutShort } from './cut-short.js';
import type { Orientation } from './exif.js';
import { readImageHeader, type ImageFormat } from './image-header.js';
import { isWholeJpeg, outlineJpeg } from './jpeg-file.js';
import { plainJpeg } from './plain-jpeg.js';
import { requireSize } from './photo-size.js';
import { readPng, type PngFile } from './png-file.js';
import { colourWebp } from './webp-file.js';
import { holdsSeveral } from './several.js';
import { hasHole, hasZeroTail } from './zero-tail.js';

export interface PhotoFile {
  readonly format: ImageFormat;
  /** As stored; left out where the file doesn't say. */
  readonly width?: number;
  readonly height?: number;
  /** What a browser's decoder gets. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How to turn what that decoder gives. */
  readonly orientation: Orientation;
  /** Of a PNG that browsers decode in ways of their own, or with much memory. */
  readonly png?: PngFile;
}

/** Pixels from which on browsers need twice the memory of a PNG for it. */
const LARGE_PNG = 30e6;

/**
 * Pixels times passes over them: a progressive photo of 120 megapixels has some ten passes. A file of 20 kB may ask for
 * thousands, which takes minutes.
 */
const MAX_WORK = 1.5e9;

/**
 * @param type the file's MIME type, '' where nobody knows it
 * @throws {InspectorError} 'unsupported-image', 'image-too-large', 'timed-out', 'corrupt-image'
 */
export function openPhotoFile(bytes: Uint8Array<ArrayBuffer>, type = ''): PhotoFile {
  const header = readImageHeader(bytes);
  if (!header) throw new InspectorError({ code: 'unsupported-image', ...describeUnknown(bytes, type) });
  requireSize(header);
  const file: PhotoFile = { ...header, bytes, orientation: 1 };
  switch (header.format) {
    case 'jpeg':
      return { ...file, ...plainJpeg(endedJpeg(bytes, header)) };
    case 'png': {
      const png = readPng(bytes);
      return png && (!png.isPlain || png.width * png.height > LARGE_PNG) ? { ...file, png } : file;
    }
    case 'webp':
      return { ...file, ...colourWebp(bytes) };
    case 'bmp':
      return { ...file, bytes: plainBmp(bytes) };
    default:
      return file;
  }
}

/** What a decoder's failure means. @param unknown formats that this decoder needn't know */
export function undecoded(
  { format, bytes }: PhotoFile,
  unknown: ReadonlySet<ImageFormat>,
  cause: unknown,
): InspectorError {
  if (unknown.has(format)) {
    const reason = { reason: 'photo-format-not-opened', params: { format } } as const;
    return new InspectorError({ code: 'unsupported-image', ...reason }, { cause });
  }
  if (format === 'jpeg' && !outlineJpeg(bytes).isUsual) {
    return new InspectorError({ code: 'unsupported-image', reason: 'photo-jpeg-not-opened' }, { cause });
  }
  return new InspectorError(
    { code: 'corrupt-image', reason: 'photo-damaged', params: { format } },
    { cause },
  );
}

/** Whether a photo that was decoded lacks a part of its pixels, in place of which there is grey or anything. Takes a while. */
export function isIncomplete({ format, bytes, png }: PhotoFile): boolean {
  if (format === 'jpeg') return !isWholeJpeg(bytes);
  // One that this program has read itself is complete.
  return !png && (isCutShort(format, bytes) || hasZeroTail(format, bytes) || hasHole(format, bytes));
}

/** What is to be said of a photo that was decoded from that file. Takes a while. */
export const remarksOn = (file: PhotoFile): Pick<PixelSource, 'isIncomplete' | 'isFirstOfSeveral'> => ({
  ...(isIncomplete(file) && { isIncomplete: true }),
  ...(holdsSeveral(file) && { isFirstOfSeveral: true }),
});

/** Without the marker of its end, browsers refuse a JPEG, even if all of its pixels are there. */
function endedJpeg(
  bytes: Uint8Array<ArrayBuffer>,
  { width = 1, height = 1 }: { width?: number; height?: number },
): Uint8Array<ArrayBuffer> {
  const { scans, isEnded } = outlineJpeg(bytes);
  if (scans * width * height > MAX_WORK) {
    throw new InspectorError({ code: 'timed-out', reason: 'photo-decoding-too-slow' });
  }
  if (isEnded || !isWholeJpeg(bytes)) return bytes;
  const ended = new Uint8Array(bytes.length + 2);
  ended.set(bytes);
  ended.set([0xff, 0xd9], bytes.length);
  return ended;
}

/** Where longer headers of bitmaps say what transparency and what colours their values mean. */
const BMP_ALPHA = { length: 56, at: 66 };
const BMP_COLOURS = { length: 108, at: 70, sRGB: 0x73524742 };

/** Canvases multiply colours with their transparency, and profiles change them: a bitmap is given to them without. */
function plainBmp(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const length = bytes[14] ?? 0;
  if (length < BMP_ALPHA.length || bytes.length < length + 14) return bytes;
  const plain = bytes.slice();
  const view = new DataView(plain.buffer);
  view.setUint32(BMP_ALPHA.at, 0);
  if (length >= BMP_COLOURS.length) view.setUint32(BMP_COLOURS.at, BMP_COLOURS.sRGB, true);
  return plain;
}

/** Pictures of other programs, by how they begin. */
const FOREIGN = [
  ['\xff\x0a', 'JPEG XL'],
  ['\0\0\0\x0cJXL ', 'JPEG XL'],
  ['\0\0\0\x0cjP  ', 'JPEG 2000'],
  ['\xff\x4f\xff\x51', 'JPEG 2000'],
  ['\0\0\x01\0', 'ICO'],
  ['8BPS', 'PSD'],
  ['II+\0', 'BigTIFF'],
  ['MM\0+', 'BigTIFF'],
  // What Xcode makes of a PNG for iPhones.
  ['\x89PNG\r\n\x1a\n\0\0\0\x04CgBI', 'CgBI'],
  ['P5\n', 'PGM'],
  ['P5 ', 'PGM'],
  ['P6\n', 'PPM'],
  ['P6 ', 'PPM'],
] as const;

/** What a file is that can't be opened as a photo. */
function describeUnknown(bytes: Uint8Array, type: string): Reason {
  if (bytes.length === 0) return { reason: 'photo-empty' };
  if (bytes.every((byte) => byte === 0)) return { reason: 'photo-of-zeros' };
  const start = String.fromCharCode(...bytes.subarray(0, 500));
  if (type === 'image/svg+xml' || /^\s*(<\?xml[^]*)?<svg/i.test(start)) return { reason: 'photo-is-drawing' };
  const format = FOREIGN.find(([signature]) => start.startsWith(signature))?.[1];
  if (format) return { reason: 'photo-format-not-opened', params: { format } };
  if (start.slice(4, 12) === 'ftypcrx ')
    return { reason: 'photo-format-not-opened', params: { format: 'CR3' } };
  if (start.slice(128, 132) === 'DICM')
    return { reason: 'photo-format-not-opened', params: { format: 'DICOM' } };
  const archive = archiveFormat(bytes);
  if (archive) return { reason: 'photo-is-archive', params: { archive } };
  if (start.startsWith('version https://git-lfs')) return { reason: 'photo-is-pointer' };
  if (/^\s*[{[]\s*["{[]/.test(start)) return { reason: 'photo-is-json' };
  if (start.startsWith('%PDF')) return { reason: 'photo-is-document' };
  if (type.startsWith('video/')) return { reason: 'photo-is-video', params: { type } };
  return { reason: 'photo-of-unknown-format', params: { type } };
}
