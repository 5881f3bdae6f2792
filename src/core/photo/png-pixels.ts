/** A PNG's pixels as they are inflated: all of them, and no more than its header says. */
import { InspectorError } from '../errors.js';
import { inflatedSize, isIntact, type PngFile } from './png-file.js';
import { PngRows, type TakeRow } from './png-rows.js';

/** Gives what is inflated part by part, as a stream's reader does. */
export interface PartReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

/** Some encoders write a little more than there are pixels. */
const SLACK = 2 ** 16;

/**
 * Goes through all rows. Pixels may be fewer than the header says, or so many that no memory holds them.
 *
 * @param inflated of `file.data`
 * @throws {InspectorError} 'corrupt-image', and whatever `take` throws
 */
export async function readPngRows(file: PngFile, inflated: PartReader, take: TakeRow): Promise<void> {
  if (!isKnown(file) || !isIntact(file)) throw damagedPng();
  const rows = new PngRows(file, take);
  const limit = inflatedSize(file) + SLACK;
  let size = 0;
  for (;;) {
    const part = await inflated.read().catch((cause: unknown) => {
      // What follows the last pixel is of no account.
      if (!rows.isDone) throw damagedPng(cause);
    });
    if (!part || part.done) break;
    size += part.value!.length;
    try {
      if (size > limit) throw damagedPng();
      rows.push(part.value!);
    } catch (cause) {
      await inflated.cancel().catch(() => undefined);
      throw cause instanceof RangeError ? damagedPng(cause) : cause;
    }
  }
  if (!rows.isDone) throw damagedPng();
}

/** Whether there are pixels, with as many bits a sample as are allowed for colours of that kind. */
const isKnown = ({ width, height, colour, depth }: PngFile): boolean =>
  width * height > 0 && (DEPTHS[colour]?.includes(depth) ?? false);

const DEPTHS = [[1, 2, 4, 8, 16], [], [8, 16], [1, 2, 4, 8], [8, 16], [], [8, 16]];

export function damagedPng(cause?: unknown): InspectorError {
  return new InspectorError(
    { code: 'corrupt-image', reason: 'photo-damaged', params: { format: 'png' } },
    { cause },
  );
}
