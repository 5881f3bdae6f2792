import { keepAddress } from '../../detector/fetch-photo.js';
import type { ImageInput } from '../../detector/types.js';

/** Pixels on a side of the largest canvas in any browser: on a larger one, nothing is drawn. */
const MAX_SIDE = 16_384;

/**
 * What a photo in the queue is kept as. Elements, bitmaps and pixels may be changed or closed by their owner before it
 * is their turn: they are copied now. An address stands for one picture from now on. What can't be copied stays as it is: when it is
 * its turn, it fails with a reason, and it alone.
 */
export function keepInput(input: ImageInput): ImageInput {
  try {
    return copyOf(input);
  } catch {
    return input;
  }
}

function copyOf(input: ImageInput): ImageInput {
  if (typeof input === 'string' || input instanceof URL) return keepAddress(input);
  if (input instanceof ImageData)
    return new ImageData(new Uint8ClampedArray(input.data), input.width, input.height);
  if (input instanceof HTMLImageElement) {
    // One that is still loading can't be drawn; its owner may give it another address.
    if (!input.complete) return cloneOf(input);
    return draw(input, input.naturalWidth, input.naturalHeight);
  }
  const isDrawn =
    input instanceof HTMLCanvasElement || input instanceof OffscreenCanvas || input instanceof ImageBitmap;
  return isDrawn ? draw(input, input.width, input.height) : input;
}

function draw<T extends ImageInput & CanvasImageSource>(input: T, width: number, height: number) {
  if (width === 0 || height === 0 || Math.max(width, height) > MAX_SIDE) return input;
  const copy = new OffscreenCanvas(width, height);
  copy.getContext('2d')!.drawImage(input, 0, 0);
  return copy;
}

function cloneOf(image: HTMLImageElement): HTMLImageElement {
  const clone = image.cloneNode() as HTMLImageElement;
  // Outside of a page, a lazy one would never load.
  clone.loading = 'eager';
  return clone;
}
