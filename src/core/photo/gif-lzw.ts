/** Codes are at most that long. */
const MOST_BITS = 12;

/**
 * How many pixels a picture's data hold, by the lengths that its codes stand for; up to the first code that stands for nothing.
 * Never throws.
 *
 * @param from where its data begin: bits of the smallest code, then blocks with their lengths
 */
export function lzwPixels(bytes: Uint8Array, from: number): number {
  const least = bytes[from] ?? 0;
  if (least < 1 || least >= MOST_BITS) return 0;
  const clear = 1 << least;
  const lengths = new Uint32Array(1 << MOST_BITS).fill(1, 0, clear);
  const codes = codeReader(bytes, from + 1);
  let [size, next, last, pixels] = [least + 1, clear + 2, -1, 0];
  for (;;) {
    const code = codes(size);
    if (code === clear) {
      [size, next, last] = [least + 1, clear + 2, -1];
      continue;
    }
    const limit = last < 0 ? clear - 1 : next;
    if (code < 0 || code === clear + 1 || code > limit) return pixels;
    const longer = last < 0 ? 0 : lengths[last]! + 1;
    pixels += code === next ? longer : lengths[code]!;
    if (last >= 0 && next < lengths.length) {
      lengths[next++] = longer;
      if (next === 1 << size && size < MOST_BITS) size++;
    }
    last = code;
  }
}

/** Gives codes of so many bits one after the other, and -1 once the blocks have ended. */
function codeReader(bytes: Uint8Array, from: number): (size: number) => number {
  let [at, left, held, bits] = [from, 0, 0, 0];
  return (size) => {
    while (bits < size) {
      if (left === 0) left = bytes[at++] ?? 0;
      if (left === 0 || at >= bytes.length) return -1;
      held |= bytes[at++]! << bits;
      bits += 8;
      left--;
    }
    const code = held & ((1 << size) - 1);
    held >>>= size;
    bits -= size;
    return code;
  };
}
