/** Photos as views show them. They are decoded in a worker: a large one takes seconds, in which a page must not stand still. */
import { InspectorError } from '../../core/errors.js';
import { requireSize } from '../../core/photo/photo-size.js';
import { stepOfWhole } from '../../core/photo/shrink.js';
import { fetchPhoto } from '../../detector/fetch-photo.js';
import { fitBitmap } from '../../detector/photo/fit-bitmap.js';
import type { Picture, PictureRequest } from '../../detector/photo/picture.js';
import { bitsOf } from '../../detector/photo/sample-bits.js';
import type { ImageInput } from '../../detector/types.js';
import { pictureOfFile } from './picture-worker.js';

/**
 * The photo as it is inspected, upright and with the colours that the file holds. Rejects where it can't be decoded, and where
 * it is refused before.
 */
export async function photoPicture(input: ImageInput, request: PictureRequest): Promise<Picture> {
  if (typeof input === 'string') return requested(input, request);
  requireObject(input);
  if (request.what === 'thumbnail')
    return (await fromWhole(input, request.side)) ?? requested(input, request);
  const making = requested(input, request);
  if (request.what !== 'whole') return making;
  wholes.set(input, making);
  try {
    return await making;
  } finally {
    if (wholes.get(input) === making) wholes.delete(input);
  }
}

/** Programs may hand in anything. */
function requireObject(input: unknown): void {
  if (typeof input !== 'object' || input === null)
    throw new InspectorError({ code: 'unsupported-image', reason: 'not-a-photo' });
}

/** Pictures of whole photos that are being made. */
const wholes = new WeakMap<Exclude<ImageInput, string>, Promise<Picture>>();

/** A photo that is dropped is shown and listed at once: decoding it once is enough. Undefined where it is only listed. */
async function fromWhole(input: Exclude<ImageInput, string>, side: number): Promise<Picture | undefined> {
  // The viewer may ask a moment later than the list.
  await new Promise((resolve) => setTimeout(resolve));
  const making = wholes.get(input);
  if (!making) return undefined;
  const { bitmap, width, height } = await making;
  // It may have been closed meanwhile.
  const small = await fitBitmap(bitmap, side).catch(() => undefined);
  return small && { bitmap: small, width, height };
}

async function requested(input: ImageInput, request: PictureRequest): Promise<Picture> {
  const source = typeof input === 'string' || input instanceof URL ? await fetchPhoto(input) : input;
  return 'arrayBuffer' in source
    ? pictureOfFile(source, { bits: bitsOf(source), ...request })
    : pictureOfPixels(source, request);
}

/** What a page holds already. */
async function pictureOfPixels(
  source: Exclude<ImageInput, string | URL | Blob>,
  request: PictureRequest,
): Promise<Picture> {
  const { width, height } =
    'naturalWidth' in source ? { width: source.naturalWidth, height: source.naturalHeight } : source;
  requireSize({ width, height });
  const part = request.what === 'part' ? request.part : { x: 0, y: 0, width, height };
  const scale = scaleOf(width, height, request);
  const bitmap = await createImageBitmap(source, part.x, part.y, part.width, part.height, {
    colorSpaceConversion: 'none',
    ...(scale < 1 && {
      resizeWidth: Math.max(1, Math.ceil(part.width * scale)),
      resizeHeight: Math.max(1, Math.ceil(part.height * scale)),
      resizeQuality: 'medium',
    }),
  });
  return { bitmap, width, height };
}

function scaleOf(width: number, height: number, request: PictureRequest): number {
  switch (request.what) {
    case 'whole':
      return 1 / stepOfWhole(width, height);
    case 'thumbnail':
      return Math.min(1, request.side / Math.max(width, height));
    case 'part':
      return 1 / request.step;
  }
}
