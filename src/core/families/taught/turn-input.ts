import type { InputFit } from '../../pipeline/fit.js';
import type { Turn } from '../../teach/cells.js';
import type { NamedTensors } from '../family.js';

/** Turns the photo within the network's input, in place; the padding stays where it is. Inputs are RGBA pixels, uint8 [rows, columns, 4]. */
export function turnInput(inputs: NamedTensors, { width, height, paddedWidth }: InputFit, turn: Turn): void {
  for (const { type, data } of Object.values(inputs)) {
    if (type !== 'uint8') continue;
    const pixels = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
    const rowAt = (y: number) => pixels.subarray(y * paddedWidth, y * paddedWidth + width);
    for (let y = 0; turn.isMirrored && y < height; y++) rowAt(y).reverse();
    for (let y = 0; turn.isUpsideDown && y < height >> 1; y++) {
      const upper = rowAt(y).slice();
      rowAt(y).set(rowAt(height - 1 - y));
      rowAt(height - 1 - y).set(upper);
    }
  }
}
