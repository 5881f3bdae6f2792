import type { ImageInput } from '../../detector/types.js';

/**
 * The photo as the screen shows it: orientation honoured, at full size, or no larger than `maxSide` pixels.
 * Rejects where the browser can't decode it.
 */
export async function photoBitmap(input: ImageInput, maxSide?: number): Promise<ImageBitmap> {
  const source = typeof input === 'string' || input instanceof URL ? await fetchBlob(input) : input;
  const bitmap = await createImageBitmap(source);
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

async function fetchBlob(url: string | URL): Promise<Blob> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${String(url)}`);
  return response.blob();
}
