import sharp from 'sharp';
import { InspectorError } from '../core/errors.js';
import { readImageHeader } from '../core/image-header.js';
import type { Pixels } from '../core/pipeline/inspect.js';
import { MAX_PIXELS, requireSize } from '../core/pipeline/photo-size.js';

/**
 * A photo's file as RGBA, upright by its EXIF orientation and with the values that the file holds, as in a browser's worker.
 * @throws {InspectorError} 'unsupported-image', 'image-too-large', 'corrupt-image'
 */
export async function decodePhoto(bytes: Uint8Array): Promise<Pixels> {
  const header = readImageHeader(bytes);
  if (!header)
    throw new InspectorError({
      code: 'unsupported-image',
      reason: 'photo-of-unknown-format',
      params: { type: '' },
    });
  requireSize(header);
  try {
    const upright = sharp(bytes, { ignoreIcc: true, limitInputPixels: MAX_PIXELS })
      .rotate()
      .toColourspace('srgb')
      .ensureAlpha();
    const { data, info } = await upright.raw().toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    return { data: new Uint8Array(data.buffer, data.byteOffset, data.length), width, height };
  } catch (cause) {
    throw new InspectorError(
      { code: 'corrupt-image', reason: 'photo-damaged', params: { format: header.format } },
      { cause },
    );
  }
}
