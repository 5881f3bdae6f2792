/**
 * Features as they are kept: float32 without the lower half of its bits. What is lost, a 256th of a number at most, is far below what
 * cells differ by, and a lesson takes half the memory.
 */

export function toBfloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const kept = new Uint16Array(bits.length);
  // To the nearest; of two, the larger one.
  for (let i = 0; i < bits.length; i++) kept[i] = (bits[i]! + 0x8000) >>> 16;
  return kept;
}

export function fromBfloat16(kept: Uint16Array): Float32Array {
  const values = new Float32Array(kept.length);
  const bits = new Uint32Array(values.buffer);
  for (let i = 0; i < kept.length; i++) bits[i] = kept[i]! << 16;
  return values;
}
