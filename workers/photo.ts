/** From what a client sends to pixels. */
import { requireSize } from '../src/core/photo/photo-size.js';
import type { DecodedPhoto } from '../src/core/pipeline/inspect.js';
import { decodePhoto } from '../src/detector/photo/decode.js';
import type { PhotoData } from '../src/detector/worker-api.js';

/** @throws {InspectorError} 'unsupported-image', 'corrupt-image', 'image-too-large', 'timed-out', 'out-of-memory' */
export async function readPixels(photo: PhotoData): Promise<DecodedPhoto> {
  if (photo.kind === 'file') return decodePhoto(new Uint8Array(photo.bytes), photo);
  requireSize(photo);
  return photo;
}
