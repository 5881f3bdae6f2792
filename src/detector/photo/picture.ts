/** Photos for the screen: as large as somebody can see them, and parts of them pixel by pixel. */
import { openPhotoFile, type PhotoFile } from '../../core/photo/photo-file.js';
import { shrink, stepOfWhole, stepWithin } from '../../core/photo/shrink.js';
import type { PixelSource } from '../../core/pipeline/pixels.js';
import type { Rect } from '../../core/rect.js';
import type { Result } from '../worker-api.js';
import { discard } from './discard.js';
import { fitBitmap } from './fit-bitmap.js';
import { withNoneOpen } from './in-turn.js';
import { decodeBitmap, decodeFile, type OpenOptions } from './open-photo.js';
import { readFile } from './read-file.js';

/** What is to be seen of a photo. */
export type PictureRequest = Pick<OpenOptions, 'bits'> &
  (
    | { readonly what: 'whole' }
    /** With sides of that many pixels at most. */
    | { readonly what: 'thumbnail'; readonly side: number }
    /** With `step` x `step` pixels in one. */
    | { readonly what: 'part'; readonly part: Rect; readonly step: number }
  );

export interface Picture {
  /** To be closed by whoever asked for it. */
  readonly bitmap: ImageBitmap;
  /** Of the photo. */
  readonly width: number;
  readonly height: number;
}

/** What the picture worker offers. */
export interface PictureWorkerApi {
  picture(file: Blob, request: PictureRequest): Promise<Result<Picture>>;
}

/** @throws {InspectorError} as `openPhoto` does; 'corrupt-image' also where the file is gone */
export async function makePicture(file: Blob, request: PictureRequest): Promise<Picture> {
  const bytes = new Uint8Array(await readFile(file));
  try {
    const photo = openPhotoFile(bytes, file.type);
    return await withNoneOpen(photo, () => pictureOf(photo, request));
  } finally {
    discard(bytes.buffer);
  }
}

async function pictureOf(file: PhotoFile, request: PictureRequest): Promise<Picture> {
  const isSmall = ({ width = Infinity, height = Infinity }) => stepOfWhole(width, height) === 1;
  if (request.what !== 'part' && !file.png && file.orientation === 1 && isSmall(file)) {
    const bitmap = await decodeBitmap(file);
    const { width, height } = bitmap;
    // It is as its header says, as a rule.
    if (isSmall(bitmap))
      return {
        bitmap: request.what === 'whole' ? bitmap : await fitted(bitmap, request.side),
        width,
        height,
      };
    bitmap.close();
  }
  const source = await decodeFile(file, request.bits);
  try {
    return await pictureFrom(source, request);
  } finally {
    source.close?.();
  }
}

async function pictureFrom(source: PixelSource, request: PictureRequest): Promise<Picture> {
  const { width, height } = source;
  const whole = { x: 0, y: 0, width, height };
  if (request.what === 'part')
    return { bitmap: await draw(source, request.part, request.step), width, height };
  if (request.what === 'whole')
    return { bitmap: await draw(source, whole, stepOfWhole(width, height)), width, height };
  // Twice as large at least: what is left is done smoothly.
  const step = stepWithin(Math.max(width, height) / request.side);
  return { bitmap: await fitted(await draw(source, whole, step), request.side), width, height };
}

async function draw(source: PixelSource, part: Rect, step: number): Promise<ImageBitmap> {
  const { data, width, height } = shrink(source, part, step);
  const bitmap = await createImageBitmap(new ImageData(data, width, height));
  discard(data.buffer);
  return bitmap;
}

/** Closes what it is given, if it gives something else. */
async function fitted(bitmap: ImageBitmap, side: number): Promise<ImageBitmap> {
  if (Math.max(bitmap.width, bitmap.height) <= side) return bitmap;
  try {
    return await fitBitmap(bitmap, side);
  } finally {
    bitmap.close();
  }
}
