/** From a photo's bytes to its pixels. */
import { InspectorError } from '../src/core/errors.js';
import { requireSize } from '../src/core/pipeline/photo-size.js';
import { readImageHeader, type ImageHeader } from '../src/core/image-header.js';
import type { PhotoData } from '../src/detector/worker-api.js';
import type { Reason } from '../src/messages/error-text.js';

export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** Pixels read from a canvas at once: Safari refuses larger canvases, and a small one is reused by the browser. */
const BAND_PIXELS = 4e6;
/** Formats that only some browsers decode. */
const RARE = new Set(['heic', 'tiff']);

/**
 * RGBA as the camera's file has it: oriented, but with no colour management and no premultiplied alpha, because the
 * network was trained on such values.
 * @throws {InspectorError} 'unsupported-image', 'corrupt-image', 'image-too-large'
 */
export async function readPixels(photo: PhotoData): Promise<Pixels> {
  if (photo.kind === 'pixels') {
    requireSize(photo);
    return photo;
  }
  const header = readImageHeader(new Uint8Array(photo.bytes));
  if (!header) throw new InspectorError({ code: 'unsupported-image', ...describeUnknown(photo) });
  requireSize(header);
  const bitmap = await decode(photo, header);
  try {
    requireSize(bitmap);
    return readBands(bitmap);
  } finally {
    bitmap.close();
  }
}

async function decode(photo: PhotoData & { kind: 'file' }, header: ImageHeader): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(new Blob([photo.bytes], { type: `image/${header.format}` }), {
      imageOrientation: 'from-image',
      premultiplyAlpha: 'none',
      colorSpaceConversion: 'none',
    });
  } catch (cause) {
    const { format } = header;
    throw new InspectorError(
      RARE.has(format)
        ? { code: 'unsupported-image', reason: 'photo-format-not-opened', params: { format } }
        : { code: 'corrupt-image', reason: 'photo-damaged', params: { format } },
      { cause },
    );
  }
}

function readBands(bitmap: ImageBitmap): Pixels {
  const { width, height } = bitmap;
  const bandHeight = Math.min(height, Math.max(1, Math.floor(BAND_PIXELS / width)));
  const canvas = new OffscreenCanvas(width, bandHeight);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new InspectorError({ code: 'out-of-memory', reason: 'no-memory-for-photo' });
  if (bandHeight === height) {
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, width, height);
  }
  const data = new Uint8ClampedArray(width * height * 4);
  for (let top = 0; top < height; top += bandHeight) {
    const rows = Math.min(bandHeight, height - top);
    context.clearRect(0, 0, width, rows);
    context.drawImage(bitmap, 0, top, width, rows, 0, 0, width, rows);
    data.set(context.getImageData(0, 0, width, rows).data, top * width * 4);
  }
  return { data, width, height };
}

/** What a file is that is no photo. */
function describeUnknown({ bytes, type }: PhotoData & { kind: 'file' }): Reason {
  if (bytes.byteLength === 0) return { reason: 'photo-empty' };
  const start = new TextDecoder('latin1').decode(new Uint8Array(bytes, 0, Math.min(bytes.byteLength, 500)));
  if (type === 'image/svg+xml' || /^\s*(<\?xml[^]*)?<svg/i.test(start)) {
    return { reason: 'photo-is-drawing' };
  }
  if (start.startsWith('%PDF')) return { reason: 'photo-is-document' };
  if (type.startsWith('video/')) return { reason: 'photo-is-video', params: { type } };
  return { reason: 'photo-of-unknown-format', params: { type } };
}
