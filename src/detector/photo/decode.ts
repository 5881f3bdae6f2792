/**
 * From a photo's bytes to its pixels, in a worker as on a page: what is shown is what was inspected. Colours are those that the file
 * holds, upright, without colour management and without transparency, because networks are trained on such values.
 */
import { InspectorError } from '../../core/errors.js';
import { turnUpright, type Rgba } from '../../core/photo/exif.js';
import { isIncomplete, openPhotoFile, type PhotoFile } from '../../core/photo/photo-file.js';
import { requireSize } from '../../core/photo/photo-size.js';
import type { DecodedPhoto } from '../../core/pipeline/inspect.js';
import { readBitmap } from './read-bitmap.js';

export interface DecodeOptions {
  /** The file's MIME type, '' where nobody knows it. */
  readonly type?: string;
  /** Bits that count of 16 a sample, 8..16; as many as the photo needs by default. */
  readonly bits?: number | undefined;
}

/** Formats that only some browsers decode. */
const RARE = new Set(['heic', 'tiff']);
/** Formats without transparency, or from which it was taken. */
const OPAQUE = new Set(['jpeg', 'png', 'bmp']);
/** Pixels on a side. Above it, a browser that can't open a photo says no more than that. */
const SIDE_OF_ANY_BROWSER = 16_384;
/** Milliseconds: a phone needs some for the largest photos. */
const TIME_LIMIT = 30_000;

/**
 * For the network.
 * @throws {InspectorError} 'unsupported-image', 'corrupt-image', 'image-too-large', 'timed-out', 'out-of-memory'
 */
export async function decodePhoto(
  bytes: Uint8Array<ArrayBuffer>,
  { type, bits }: DecodeOptions = {},
): Promise<DecodedPhoto> {
  const file = openPhotoFile(bytes, type);
  const decoding = decode(file, bits);
  // The browser decodes at the same time.
  const isCut = isIncomplete(file);
  const photo = await decoding;
  const decoded = 'close' in photo ? takePixels(photo, file) : photo;
  return isCut ? { ...decoded, isIncomplete: true } : decoded;
}

/** For the screen: the same pixels. @throws {InspectorError} as `decodePhoto` does */
export async function photoToBitmap(
  bytes: Uint8Array<ArrayBuffer>,
  { type }: Pick<DecodeOptions, 'type'> = {},
): Promise<ImageBitmap> {
  const photo = await decode(openPhotoFile(bytes, type));
  if ('close' in photo) return photo;
  const { data, width, height } = photo;
  return createImageBitmap(new ImageData(data, width, height));
}

async function decode(file: PhotoFile, bits?: number): Promise<ImageBitmap | (DecodedPhoto & Rgba)> {
  if (file.png) {
    const { decodePng } = await loadPngDecoder();
    return decodePng(file.png, bits);
  }
  const bitmap = await withinTime(browserDecode(file));
  try {
    requireSize(bitmap);
  } catch (error) {
    bitmap.close();
    throw error;
  }
  if (file.orientation === 1) return bitmap;
  return turnUpright(takePixels(bitmap, file), file.orientation);
}

function takePixels(bitmap: ImageBitmap, { format }: PhotoFile): Rgba {
  try {
    const { width, height } = bitmap;
    return readBitmap(bitmap, { width, height, isOpaque: OPAQUE.has(format) });
  } finally {
    bitmap.close();
  }
}

async function loadPngDecoder(): Promise<typeof import('./png.js')> {
  try {
    return await import('./png.js');
  } catch (cause) {
    throw new InspectorError({ code: 'assets-unavailable', reason: 'photo-decoder-not-loaded' }, { cause });
  }
}

async function browserDecode({ bytes, format, width = 0, height = 0 }: PhotoFile): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(new Blob([bytes], { type: `image/${format}` }), {
      imageOrientation: 'from-image',
      premultiplyAlpha: 'none',
      colorSpaceConversion: 'none',
    });
  } catch (cause) {
    if (RARE.has(format)) {
      throw new InspectorError(
        { code: 'unsupported-image', reason: 'photo-format-not-opened', params: { format } },
        { cause },
      );
    }
    if (Math.max(width, height) > SIDE_OF_ANY_BROWSER) {
      throw new InspectorError({ code: 'image-too-large', reason: 'image-too-large-for-browser' }, { cause });
    }
    throw new InspectorError(
      { code: 'corrupt-image', reason: 'photo-damaged', params: { format } },
      { cause },
    );
  }
}

/** A browser's decoder can't be stopped: what it gives later is thrown away. */
async function withinTime(decoding: Promise<ImageBitmap>): Promise<ImageBitmap> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLate = false;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(new InspectorError({ code: 'timed-out', reason: 'photo-decoding-too-slow' }));
    }, TIME_LIMIT);
  });
  decoding.then(
    (bitmap) => {
      if (isLate) bitmap.close();
    },
    // The caller hears of it, unless it has been told something else already.
    () => undefined,
  );
  return Promise.race([decoding, limit]).finally(() => clearTimeout(timer));
}
