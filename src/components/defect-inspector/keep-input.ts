import type { ImageInput } from '../../detector/types.js';

/**
 * What a photo in the queue is kept as. Canvases, bitmaps and pixels may be changed or closed by their owner before it
 * is their turn: they are copied now. What can't be copied is kept as it is: what is wrong with it comes out, as the
 * error of that photo alone, when it is inspected.
 */
export function keepInput(input: ImageInput): ImageInput {
  try {
    return copyDrawn(input);
  } catch {
    return input;
  }
}

function copyDrawn(input: ImageInput): ImageInput {
  if (input instanceof ImageData)
    return new ImageData(new Uint8ClampedArray(input.data), input.width, input.height);
  const isDrawn =
    input instanceof HTMLCanvasElement || input instanceof OffscreenCanvas || input instanceof ImageBitmap;
  if (!isDrawn || input.width === 0 || input.height === 0) return input;
  const copy = new OffscreenCanvas(input.width, input.height);
  copy.getContext('2d')!.drawImage(input, 0, 0);
  return copy;
}
