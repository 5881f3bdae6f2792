const little = true;

/** Where the rows of a bitmap lie. */
export interface BitmapLayout {
  readonly start: number;
  /** Behind the last pixel; of packed rows, as far as the header tells. */
  readonly end: number;
  /** Bytes of a row; absent where rows are packed as run lengths. */
  readonly row?: number;
}

/** As its header says. Undefined where the header is not all there, or says nothing of pixels. Never throws. */
export function bitmapLayout(bytes: Uint8Array): BitmapLayout | undefined {
  if (bytes.length < 54) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isOld = view.getUint32(14, little) === 12;
  const width = isOld ? view.getUint16(18, little) : view.getInt32(18, little);
  const height = isOld ? view.getUint16(20, little) : Math.abs(view.getInt32(22, little));
  const bits = view.getUint16(isOld ? 24 : 28, little);
  const packing = isOld ? 0 : view.getUint32(30, little);
  const start = view.getUint32(10, little);
  // Run lengths: 1 and 2.
  if (packing === 1 || packing === 2) return { start, end: start + view.getUint32(34, little) };
  const row = Math.ceil((width * bits) / 32) * 4;
  if (!(row > 0 && height > 0)) return undefined;
  // Nobody misses what would fill the last row up to a multiple of 4 bytes.
  return { start, end: start + row * (height - 1) + Math.ceil((width * bits) / 8), row };
}

/** Codes after a zero; any other is a number of pixels that follow as they are. */
const END_OF_ROW = 0;
const END = 1;
const MOVE = 2;

/** Whether run lengths go on to the last row. Of a bitmap without a row's length. Never throws. */
export function areRowsWhole(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const height = Math.abs(view.getInt32(22, little));
  const perByte = view.getUint32(30, little) === 1 ? 1 : 2;
  let [row, isBegun] = [0, false];
  for (let at = view.getUint32(10, little); at + 1 < bytes.length;) {
    const [count, code] = [bytes[at]!, bytes[at + 1]!];
    at += 2;
    if (count > 0) isBegun = true;
    else if (code === END) break;
    else if (code === END_OF_ROW) [row, isBegun] = [row + 1, false];
    else if (code === MOVE) [row, at] = [row + (bytes[at + 1] ?? 0), at + 2];
    else [isBegun, at] = [true, at + 2 * Math.ceil(code / perByte / 2)];
  }
  return row + Number(isBegun) >= height;
}
