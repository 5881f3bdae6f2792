/**
 * What a photo's bytes say before anything is decoded. One rule for what is inspected, for the view and for thumbnails: what is
 * refused here is decoded nowhere.
 */
import type { Reason } from '../../messages/error-text.js';
import { InspectorError } from '../errors.js';
import type { Orientation } from './exif.js';
import { readImageHeader, type ImageFormat } from './image-header.js';
import { isWholeJpeg, outlineJpeg } from './jpeg-file.js';
import { requireSize } from './photo-size.js';
import { readPng, type PngFile } from './png-file.js';
import { colourWebp } from './webp-file.js';

export interface PhotoFile {
  readonly format: ImageFormat;
  /** As stored; left out where the file doesn't say. */
  readonly width?: number;
  readonly height?: number;
  /** What a browser's decoder gets. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How to turn what that decoder gives. */
  readonly orientation: Orientation;
  /** Of a PNG that browsers decode in ways of their own. */
  readonly png?: PngFile;
}

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
      return { ...file, bytes: endedJpeg(bytes, header) };
    case 'png': {
      const png = readPng(bytes);
      return png && !png.isPlain ? { ...file, png } : file;
    }
    case 'webp':
      return { ...file, ...colourWebp(bytes) };
    case 'bmp':
      return { ...file, bytes: opaqueBmp(bytes) };
    default:
      return file;
  }
}

/** Whether a photo that was decoded lacks a part of its pixels, in place of which there is grey. Takes a while. */
export function isIncomplete({ format, bytes }: PhotoFile): boolean {
  return format === 'jpeg' && !isWholeJpeg(bytes);
}

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

/** A bitmap's header has a mask for transparency from that length on, and there. */
const BMP_WITH_ALPHA = { length: 56, at: 66 };

/** Canvases multiply colours with their transparency: a bitmap is given to them without. */
function opaqueBmp(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const mask = bytes.subarray(BMP_WITH_ALPHA.at, BMP_WITH_ALPHA.at + 4);
  if (bytes[14]! < BMP_WITH_ALPHA.length || mask.every((byte) => byte === 0)) return bytes;
  const opaque = bytes.slice();
  opaque.fill(0, BMP_WITH_ALPHA.at, BMP_WITH_ALPHA.at + 4);
  return opaque;
}

/** What a file is that is no photo. */
function describeUnknown(bytes: Uint8Array, type: string): Reason {
  if (bytes.length === 0) return { reason: 'photo-empty' };
  const start = String.fromCharCode(...bytes.subarray(0, 500));
  if (type === 'image/svg+xml' || /^\s*(<\?xml[^]*)?<svg/i.test(start)) return { reason: 'photo-is-drawing' };
  if (start.startsWith('%PDF')) return { reason: 'photo-is-document' };
  if (type.startsWith('video/')) return { reason: 'photo-is-video', params: { type } };
  return { reason: 'photo-of-unknown-format', params: { type } };
}
