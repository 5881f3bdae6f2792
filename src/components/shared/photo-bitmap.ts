import { requireSize } from '../../core/photo/photo-size.js';
import { fetchPhoto } from '../../detector/fetch-photo.js';
import { photoToBitmap } from '../../detector/photo/decode.js';
import type { ImageInput } from '../../detector/types.js';

/**
 * The photo as it is inspected: upright, with the colours that the file holds; at full size, or no larger than `maxSide` pixels.
 * Rejects where it can't be decoded, and where it is refused before.
 */
export async function photoBitmap(input: ImageInput, maxSide?: number): Promise<ImageBitmap> {
  const bitmap = await fullBitmap(input);
  if (maxSide === undefined || Math.max(bitmap.width, bitmap.height) <= maxSide) return bitmap;
  const scale = maxSide / Math.max(bitmap.width, bitmap.height);
  const small = await createImageBitmap(bitmap, {
    resizeWidth: Math.max(1, Math.round(bitmap.width * scale)),
    resizeHeight: Math.max(1, Math.round(bitmap.height * scale)),
    resizeQuality: 'medium',
  });
  bitmap.close();
  return small;
}

async function fullBitmap(input: ImageInput): Promise<ImageBitmap> {
  const source = typeof input === 'string' || input instanceof URL ? await fetchPhoto(input) : input;
  if ('arrayBuffer' in source) {
    return photoToBitmap(new Uint8Array(await source.arrayBuffer()), { type: source.type });
  }
  requireSize(
    'naturalWidth' in source ? { width: source.naturalWidth, height: source.naturalHeight } : source,
  );
  return createImageBitmap(source, { colorSpaceConversion: 'none' });
}
