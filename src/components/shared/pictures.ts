/** Photos as views show them. They are decoded in a worker: a large one takes seconds, in which a page must not stand still. */
import { fromErrorData, InspectorError } from '../../core/errors.js';
import { requireSize } from '../../core/photo/photo-size.js';
import { stepOfWhole } from '../../core/photo/shrink.js';
import { fetchPhoto } from '../../detector/fetch-photo.js';
import type { ConnectPictures, PictureConnection } from '../../detector/photo/connect-pictures.js';
import type { Picture, PictureRequest } from '../../detector/photo/picture.js';
import { bitsOf } from '../../detector/photo/sample-bits.js';
import type { ImageInput } from '../../detector/types.js';
import { unlessAborted } from '../../detector/cancellation.js';
import { unlessCrashed } from '../../detector/worker-connection.js';

/** Milliseconds for a picture, with those that are made before it. A worker that the browser ends for want of memory says nothing. */
const PATIENCE = 120_000;

let connect: ConnectPictures | undefined;
let connection: PictureConnection | undefined;

/** By the package's entry: where it isn't called, or the worker can't be had, the page decodes by itself. */
export function usePictureWorker(start: ConnectPictures): void {
  connect = start;
}

/**
 * The photo as it is inspected, upright and with the colours that the file holds. Rejects where it can't be decoded, and where
 * it is refused before.
 */
export async function photoPicture(input: ImageInput, request: PictureRequest): Promise<Picture> {
  if (typeof input === 'string') return requested(input, request);
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

/** Pictures of whole photos that are being made. */
const wholes = new WeakMap<Exclude<ImageInput, string>, Promise<Picture>>();

/** A photo that is dropped is shown and listed at once: decoding it once is enough. Undefined where it is only listed. */
async function fromWhole(input: Exclude<ImageInput, string>, side: number): Promise<Picture | undefined> {
  // The viewer may ask a moment later than the list.
  await new Promise((resolve) => setTimeout(resolve));
  const making = wholes.get(input);
  if (!making) return undefined;
  const { bitmap, width, height } = await making;
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const size = {
    resizeWidth: Math.max(1, Math.round(bitmap.width * scale)),
    resizeHeight: Math.max(1, Math.round(bitmap.height * scale)),
  };
  // It may have been closed meanwhile.
  const small = await createImageBitmap(bitmap, { ...size, resizeQuality: 'medium' }).catch(() => undefined);
  return small && { bitmap: small, width, height };
}

async function requested(input: ImageInput, request: PictureRequest): Promise<Picture> {
  const source = typeof input === 'string' || input instanceof URL ? await fetchPhoto(input) : input;
  return 'arrayBuffer' in source
    ? pictureOfFile(source, { bits: bitsOf(source), ...request })
    : pictureOfPixels(source, request);
}

async function pictureOfFile(file: Blob, request: PictureRequest): Promise<Picture> {
  const worker = begun();
  if (!worker) return pictureHere(file, request);
  try {
    const work = unlessCrashed(worker.api.picture(file, request), worker);
    const result = await unlessAborted(work, AbortSignal.timeout(PATIENCE));
    if (result.ok) return result.value;
    throw fromErrorData(result.error);
  } catch (error) {
    const isOver = worker.crashed.aborted || (error instanceof DOMException && error.name === 'TimeoutError');
    if (!isOver) throw error;
    if (connection === worker) connection = undefined;
    worker.terminate();
    // It never began, so it is not this photo that it ended over: there is no other way to show one.
    if (error instanceof InspectorError && error.code !== 'worker-crashed') {
      connect = undefined;
      return pictureHere(file, request);
    }
    throw error;
  }
}

async function pictureHere(file: Blob, request: PictureRequest): Promise<Picture> {
  const { makePicture } = await import('../../detector/photo/picture.js');
  return makePicture(file, request);
}

/** Undefined where there is none. */
function begun(): PictureConnection | undefined {
  try {
    connection ??= connect?.();
  } catch {
    // The browser refuses to make it.
    connect = undefined;
  }
  return connection;
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
