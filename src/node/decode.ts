import sharp from 'sharp';
import type { ImageFormat } from '../core/photo/image-header.js';
import { openPhotoFile, remarksOn, undecoded } from '../core/photo/photo-file.js';
import { MAX_PIXELS } from '../core/photo/photo-size.js';
import { memorySource, type PixelSource } from '../core/pipeline/pixels.js';
import { openPng } from '../detector/photo/png.js';

/** What sharp, as npm has it, can't read. */
const NOT_OPENED = new Set<ImageFormat>(['bmp', 'heic']);

/**
 * The pixels of a photo's file, upright by its EXIF orientation and with the values that the file holds, as in a browser's worker.
 * @throws {InspectorError} 'unsupported-image', 'image-too-large', 'timed-out', 'corrupt-image'
 */
export async function decodePhoto(bytes: Uint8Array<ArrayBuffer>): Promise<PixelSource> {
  const file = openPhotoFile(bytes);
  if (file.png) return { ...(await openPng(file.png)), ...remarksOn(file) };
  try {
    const upright = sharp(bytes, { ignoreIcc: true, limitInputPixels: MAX_PIXELS, failOn: 'truncated' })
      .rotate()
      .toColourspace('srgb')
      .ensureAlpha();
    const { data, info } = await upright.raw().toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    const pixels = memorySource({
      data: new Uint8Array(data.buffer, data.byteOffset, data.length),
      width,
      height,
    });
    return { ...pixels, ...remarksOn(file) };
  } catch (cause) {
    throw undecoded(file, NOT_OPENED, cause);
  }
}
