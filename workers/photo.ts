/** From what a client sends to pixels. */
import { requireSize } from '../src/core/photo/photo-size.js';
import { memorySource, type PixelSource } from '../src/core/pipeline/pixels.js';
import { decodePhoto } from '../src/detector/photo/decode.js';
import type { PhotoData } from '../src/detector/worker-api.js';

/** @throws {InspectorError} 'unsupported-image', 'corrupt-image', 'image-too-large', 'timed-out', 'out-of-memory' */
export async function readPixels(photo: PhotoData): Promise<PixelSource> {
  if (photo.kind === 'file') return memorySource(await decodePhoto(new Uint8Array(photo.bytes), photo));
  requireSize(photo);
  return memorySource(photo);
}
