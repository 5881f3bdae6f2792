/** Whether a PNG's pixels are all there, and no more than its header says. */
import { InspectorError } from '../errors.js';
import { inflatedSize, type PngFile } from './png-file.js';

/** Gives what is inflated part by part, as a stream's reader does. */
export interface PartReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

/** Some encoders write a little more than there are pixels. */
const SLACK = 2 ** 16;

/**
 * Inflates the pixels to nowhere: they may be fewer than the header says, or so many that no memory holds them.
 *
 * @param inflated of `file.data`
 * @throws {InspectorError} 'corrupt-image'
 */
export async function requirePixels(file: PngFile, inflated: PartReader): Promise<void> {
  const expected = inflatedSize(file);
  let size = 0;
  try {
    for (let part = await inflated.read(); !part.done; part = await inflated.read()) {
      size += part.value?.length ?? 0;
      if (size <= expected + SLACK) continue;
      await inflated.cancel();
      break;
    }
  } catch (cause) {
    // What follows the last pixel is of no account.
    if (size < expected) throw damagedPng(cause);
  }
  if (size < expected || size > expected + SLACK) throw damagedPng();
}

export function damagedPng(cause?: unknown): InspectorError {
  return new InspectorError(
    { code: 'corrupt-image', reason: 'photo-damaged', params: { format: 'png' } },
    { cause },
  );
}
