/** The same picture, smoothly reduced, with sides of so many pixels at most. What it is made of stays open. */
export function fitBitmap(bitmap: ImageBitmap, side: number): Promise<ImageBitmap> {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  return createImageBitmap(bitmap, {
    resizeWidth: Math.max(1, Math.round(bitmap.width * scale)),
    resizeHeight: Math.max(1, Math.round(bitmap.height * scale)),
    resizeQuality: 'medium',
  });
}
