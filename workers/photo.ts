/** From what a client sends to pixels. */
import { requireSize } from '../src/core/photo/photo-size.js';
import type { DecodedPhoto } from '../src/core/pipeline/inspect.js';
import { openPhoto } from '../src/detector/photo/open-photo.js';
import type { PhotoData } from '../src/detector/worker-api.js';

/** @throws {InspectorError} 'unsupported-image', 'corrupt-image', 'image-too-large', 'timed-out', 'out-of-memory' */
export async function readPixels(photo: PhotoData): Promise<DecodedPhoto> {
  if (photo.kind === 'file') {
    const source = await openPhoto(new Uint8Array(photo.bytes), photo);
    try {
      return { ...source, data: source.read(0, 0, source.width, source.height).slice() };
    } finally {
      source.close?.();
    }
  }
  requireSize(photo);
  return photo;
}
