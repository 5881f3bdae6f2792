/** Photos with 16 bits a sample, as 8 bits: the same rule as training/preprocess.py. */

/** What a camera's converter gives. */
const USUAL_BITS = [8, 10, 12, 14, 16];

/** The fewest of the usual bits that hold the largest sample: cameras of 10 and 12 bits fill no more of 16. */
export function bitsFor(largest: number): number {
  return USUAL_BITS.find((bits) => largest < 2 ** bits) ?? 16;
}

/** For each sample of 16 bits its value of 8, so that 2^bits - 1 becomes 255; rounded. @param bits 8..16 */
export function to8Bits(bits: number): Uint8Array {
  const top = 2 ** bits - 1;
  const table = new Uint8Array(65_536).fill(255);
  for (let value = 0; value < top; value++) table[value] = Math.floor((value * 255 + (top >> 1)) / top);
  return table;
}
