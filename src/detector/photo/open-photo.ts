/**
 * From a photo's bytes to its pixels, for the network as for the screen: what is shown is what was inspected. Colours are those that
 * the file holds, upright, without colour management and without transparency, because networks are trained on such values.
 */
import { InspectorError } from '../../core/errors.js';
import type { ImageFormat } from '../../core/photo/image-header.js';
import { openPhotoFile, remarksOn, undecoded, type PhotoFile } from '../../core/photo/photo-file.js';
import { requireSize } from '../../core/photo/photo-size.js';
import { turnedSource } from '../../core/photo/turned-source.js';
import type { PixelSource } from '../../core/pipeline/pixels.js';
import { drawnSource } from './drawn-source.js';
import { holdOpen, inTurn } from './in-turn.js';
import { openPng } from './png.js';
import { withinTime } from './within-time.js';

export interface OpenOptions {
  /** The file's MIME type, '' where nobody knows it. */
  readonly type?: string;
  /** Bits that count of 16 a sample, 8..16; as many as the photo needs by default. */
  readonly bits?: number | undefined;
}

/** Formats that only some browsers decode. */
const RARE = new Set<ImageFormat>(['heic', 'tiff']);
/** Formats without transparency and colour management, or from which it was taken. */
const PLAIN = new Set<ImageFormat>(['jpeg', 'png', 'bmp']);
/** Pixels on a side. Above it, a browser that can't open a photo says no more than that. */
const SIDE_OF_ANY_BROWSER = 16_384;

/** A photo that is decoded until it is closed. */
export interface OpenPhoto extends PixelSource {
  /** Whether its memory is wanted for something that is soon done: it can be opened again after that. */
  isWanted(): Promise<boolean>;
  close(): void;
}

/**
 * A photo of which parts can be read. One large photo is decoded at a time.
 * @throws {InspectorError} 'unsupported-image', 'corrupt-image', 'image-too-large', 'timed-out', 'out-of-memory'
 */
export async function openPhoto(
  bytes: Uint8Array<ArrayBuffer>,
  { type, bits }: OpenOptions = {},
): Promise<OpenPhoto> {
  const file = openPhotoFile(bytes, type);
  return inTurn(file, async () => {
    const { isWanted, release } = await holdOpen(file);
    try {
      const decoding = decodeFile(file, bits);
      // The browser decodes at the same time.
      const remarks = remarksOn(file);
      const source = await decoding;
      const close = () => {
        source.close?.();
        release();
      };
      return { ...source, ...remarks, isWanted, close };
    } catch (error) {
      release();
      throw error;
    }
  });
}

/** Without waiting for its turn. @throws {InspectorError} as `openPhoto` does */
export async function decodeFile(file: PhotoFile, bits?: number): Promise<PixelSource> {
  if (file.png) return openPng(file.png, bits);
  const bitmap = await decodeBitmap(file);
  const { width, height } = bitmap;
  const stored = drawnSource(bitmap, { width, height, isOpaque: PLAIN.has(file.format) });
  return turnedSource(stored, file.orientation);
}

/** As stored. @throws {InspectorError} as `openPhoto` does */
export async function decodeBitmap(file: PhotoFile): Promise<ImageBitmap> {
  const bitmap = await withinTime(browserDecode(file));
  try {
    requireSize(bitmap);
  } catch (error) {
    bitmap.close();
    throw error;
  }
  return bitmap;
}

async function browserDecode(file: PhotoFile): Promise<ImageBitmap> {
  const { bytes, format, width = 0, height = 0 } = file;
  // What changes nothing costs a copy of a photo that has nothing to be changed.
  const options = PLAIN.has(format)
    ? {}
    : ({ premultiplyAlpha: 'none', colorSpaceConversion: 'none' } as const);
  try {
    return await createImageBitmap(new Blob([bytes], { type: `image/${format}` }), options);
  } catch (cause) {
    const error = undecoded(file, RARE, cause);
    if (error.code !== 'corrupt-image' || Math.max(width, height) <= SIDE_OF_ANY_BROWSER) throw error;
    throw new InspectorError({ code: 'image-too-large', reason: 'image-too-large-for-browser' }, { cause });
  }
}
