/** From what a client sends to pixels. */
import { requireSize } from '../src/core/photo/photo-size.js';
import { memorySource } from '../src/core/pipeline/pixels.js';
import { discard } from '../src/detector/photo/discard.js';
import { openPhoto, type OpenPhoto } from '../src/detector/photo/open-photo.js';
import type { PhotoData } from '../src/detector/worker-api.js';

/**
 * The photo's own bytes are given back once it is decoded.
 * @throws {InspectorError} 'unsupported-image', 'corrupt-image', 'image-too-large', 'timed-out', 'out-of-memory'
 */
export async function readPixels(photo: PhotoData): Promise<OpenPhoto> {
  if (photo.kind === 'pixels') {
    requireSize(photo);
    // The page holds them as well, whatever becomes of these.
    return { ...memorySource(photo), isWanted: () => Promise.resolve(false), close: () => undefined };
  }
  try {
    return await openPhoto(new Uint8Array(photo.bytes), photo);
  } finally {
    discard(photo.bytes);
  }
}
