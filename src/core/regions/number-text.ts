/** Whole numbers as COCO writes them: five bits a character, low bits first, the highest bit of the last one is the sign. */

/** A whole number of at most 31 bits. */
export function numberToText(value: number): string {
  let text = '';
  for (let rest = value, more = true; more;) {
    let bits = rest & 0x1f;
    rest >>= 5;
    // The highest bit of the last character is the sign.
    more = rest !== (bits & 0x10 ? -1 : 0);
    if (more) bits |= 0x20;
    text += String.fromCharCode(bits + 48);
  }
  return text;
}

/** The number that begins at a character, and where the next one does. @throws {RangeError} when there is none */
export function numberFromText(
  text: string,
  from: number,
): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let at = from, shift = 0; ; at++, shift += 5) {
    if (at >= text.length) throw new RangeError('The text is cut off.');
    const bits = text.charCodeAt(at) - 48;
    if (!(bits >= 0 && bits < 64) || shift > 30) throw new RangeError(`Character ${at + 1} is not valid.`);
    value |= (bits & 0x1f) << shift;
    if (bits & 0x20) continue;
    if (bits & 0x10 && shift < 27) value |= -1 << (shift + 5);
    return { value, next: at + 1 };
  }
}
