/** Files of photos, to be kept or given away. */
import { InspectorError } from '../../core/errors.js';
import { fetchPhoto } from '../../detector/fetch-photo.js';
import type { PictureRequest } from '../../detector/photo/picture.js';
import type { ImageInput } from '../../detector/types.js';
import type { LessonPictures } from '../../workbench/lessons/host.js';
import { photoPicture } from './pictures.js';

/** Longest side of a thumbnail, pixels. */
const SIDE = 128;

export const photoFiles: LessonPictures = {
  async file(input) {
    if (typeof input === 'string' || input instanceof URL) return fetchPhoto(input);
    return input instanceof Blob ? input : photoFiles.png(input);
  },
  async png(input) {
    // What is shown of all of it may be smaller.
    const { bitmap, width, height } = await photoPicture(input, { what: 'thumbnail', side: 1 });
    bitmap.close();
    return encoded(input, { what: 'part', part: { x: 0, y: 0, width, height }, step: 1 }, 'image/png');
  },
  thumbnail: (input) => encoded(input, { what: 'thumbnail', side: SIDE }, 'image/jpeg'),
};

async function encoded(input: ImageInput, request: PictureRequest, type: string): Promise<Blob> {
  const { bitmap } = await photoPicture(input, request);
  try {
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
    return await canvas.convertToBlob({ type });
  } catch (cause) {
    throw new InspectorError({ code: 'image-too-large', reason: 'image-too-large-for-browser' }, { cause });
  } finally {
    bitmap.close();
  }
}
