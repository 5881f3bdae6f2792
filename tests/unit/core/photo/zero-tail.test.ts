import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { hasZeroTail } from '../../../../src/core/photo/zero-tail.js';

const SIDE = 120;
/** Noise, so that the files are long; with black rows at the places given, counted from above. */
function pixels(isBlack: (x: number, y: number) => boolean = () => false): Uint8Array {
  let seed = 1;
  return Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => {
    seed = (seed * 48271) % 0x7fffffff;
    const at = Math.floor(i / 3);
    return isBlack(at % SIDE, Math.floor(at / SIDE)) ? 0 : (seed % 255) + 1;
  });
}

const packed = async (format: 'webp' | 'avif' | 'gif', options = {}) =>
  new Uint8Array(
    await sharp(pixels(), { raw: { width: SIDE, height: SIDE, channels: 3 } })
      .toFormat(format, options)
      .toBuffer(),
  );

/** Rows run from below upwards. */
function bitmap(isBlack?: (x: number, y: number) => boolean): Uint8Array {
  const data = pixels(isBlack);
  const row = SIDE * 3;
  const bytes = new Uint8Array(54 + row * SIDE);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, SIDE, true);
  view.setInt32(22, SIDE, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0; y < SIDE; y++) bytes.set(data.subarray(y * row, (y + 1) * row), 54 + (SIDE - 1 - y) * row);
  return bytes;
}

const zeroed = (bytes: Uint8Array, from: number) => bytes.slice().fill(0, Math.floor(bytes.length * from));
const longer = (bytes: Uint8Array) => {
  const long = new Uint8Array(bytes.length + 9000);
  long.set(bytes);
  return long;
};

describe('hasZeroTail', () => {
  it.each([
    ['webp', {}],
    ['webp', { lossless: true }],
    ['avif', { effort: 0 }],
    ['gif', {}],
  ] as const)('sees that the end of a %s was never written, %o', async (format, options) => {
    const whole = await packed(format, options);
    expect(hasZeroTail(format, whole)).toBe(false);
    for (const from of [0.3, 0.7, 0.85]) expect(hasZeroTail(format, zeroed(whole, from))).toBe(true);
    // Behind the end, zeros fill a block of the disk.
    expect(hasZeroTail(format, longer(whole))).toBe(false);
  });

  it.each(['#000', '#fff', '#888'])('takes an even %s for whole', async (background) => {
    const even = sharp({ create: { width: 800, height: 600, channels: 3, background } });
    for (const format of ['webp', 'avif'] as const) {
      const bytes = new Uint8Array(await even.clone().toFormat(format, { effort: 0 }).toBuffer());
      expect(hasZeroTail(format, bytes)).toBe(false);
    }
  });

  it('tells the missing rows of a bitmap from black ones', () => {
    const whole = bitmap();
    expect(hasZeroTail('bmp', whole)).toBe(false);
    for (const from of [0.3, 0.7, 0.95]) expect(hasZeroTail('bmp', zeroed(whole, from))).toBe(true);
    // A lamp on black, a ball, bars above and below, and nothing at all.
    for (const isBlack of [
      (x: number, y: number) => Math.hypot(x - SIDE / 2, y - SIDE / 2) > SIDE / 3,
      (x: number, y: number) => y < SIDE / 2 - x / 4,
      (_: number, y: number) => y < 24 || y > 96,
      () => true,
    ])
      expect(hasZeroTail('bmp', bitmap(isBlack))).toBe(false);
    expect(hasZeroTail('bmp', whole.subarray(0, 60))).toBe(false);
  });
});
