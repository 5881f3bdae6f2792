import { fetchPhoto } from '../fetch-photo.js';
import type { ImageInput } from '../types.js';

/** Of files whose range a person has set. */
const chosen = new WeakMap<Blob, number>();

/** Bits that count of 16 a sample, 8..16, where a person has set them for this photo. */
export const bitsOf = (input: ImageInput): number | undefined =>
  input instanceof Blob ? chosen.get(input) : undefined;

/**
 * The same photo with another range: a new object, so that whatever was made from the old one is made anew. Undefined for what
 * is no file. An address is fetched, if it was not.
 * @param bits 8..16
 */
export async function withBits(input: ImageInput, bits: number): Promise<File | undefined> {
  const file = typeof input === 'string' || input instanceof URL ? await fetchPhoto(input) : input;
  if (!(file instanceof Blob)) return undefined;
  const same = new File([file], file instanceof File ? file.name : '', { type: file.type });
  chosen.set(same, bits);
  return same;
}
