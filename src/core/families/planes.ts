import { prepareInput } from '../pipeline/resample.js';
import type { View } from './family.js';

/** 0..255 as 0..1, in single precision as the networks were trained. */
const FRACTIONS = Float32Array.from({ length: 256 }, (_, value) => value / 255);

/** The photo fitted and padded as `prepareInput` does it, but as planes of red, green and blue, 0..1: [3, h, w]. */
export function preparePlanes({ pixels, fit }: View, padValue: number): Float32Array {
  const rgba = prepareInput(pixels, fit, padValue);
  const count = fit.paddedWidth * fit.paddedHeight;
  const planes = new Float32Array(3 * count);
  for (let i = 0, from = 0; i < count; i++, from += 4) {
    planes[i] = FRACTIONS[rgba[from]!]!;
    planes[count + i] = FRACTIONS[rgba[from + 1]!]!;
    planes[2 * count + i] = FRACTIONS[rgba[from + 2]!]!;
  }
  return planes;
}
