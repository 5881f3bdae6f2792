import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isCutShort } from '../../../../src/core/photo/cut-short.js';
import { isIncomplete, openPhotoFile } from '../../../../src/core/photo/photo-file.js';
import { pngOf } from '../../../png-builder.js';

const SIDE = 60;
const noise = () => {
  let seed = 1;
  return Uint8Array.from({ length: SIDE * SIDE * 3 }, () => (seed = (seed * 48271) % 0x7fffffff) % 256);
};
const photo = () => sharp(noise(), { raw: { width: SIDE, height: SIDE, channels: 3 } });

/** Of 24 bits a pixel. @param packing as its header says */
function bitmap(packing = 0): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(54 + noise().length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  for (const [at, value] of [
    [10, 54],
    [14, 40],
    [18, SIDE],
    [22, SIDE],
    [30, packing],
    [34, noise().length],
  ] as const)
    view.setUint32(at, value, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  bytes.set(noise(), 54);
  return bytes;
}

const FILES: readonly (readonly [string, () => Promise<Uint8Array>])[] = [
  ['webp', () => photo().webp().toBuffer()],
  ['webp without loss', () => photo().webp({ lossless: true }).toBuffer()],
  ['gif', () => photo().gif().toBuffer()],
  ['avif', () => photo().avif({ effort: 0 }).toBuffer()],
  ['bmp', async () => bitmap()],
  ['bmp of run lengths', async () => bitmap(1)],
];

describe('a file that is cut short', () => {
  it.each(FILES)('is told from a whole one, whoever decodes it: %s', async (_, make) => {
    const whole = new Uint8Array(await make());
    const { format } = openPhotoFile(whole);
    expect(isCutShort(format, whole)).toBe(false);
    for (const share of [0.3, 0.6, 0.9, 0.98]) {
      const cut = whole.slice(0, Math.floor(whole.length * share));
      expect(isIncomplete(openPhotoFile(cut))).toBe(true);
    }
  });

  it('is a PNG with a hole as well, also where its end is there', () => {
    const { bytes } = pngOf({ width: 40, height: 40, colour: 2, depth: 8, isInterlaced: false });
    expect(isIncomplete(openPhotoFile(bytes))).toBe(false);
    const holed = bytes.slice().fill(0, bytes.length * 0.6, bytes.length * 0.8);
    expect(openPhotoFile(holed)).not.toHaveProperty('png');
    expect(isIncomplete(openPhotoFile(holed))).toBe(true);
  });

  it('is none where only what fills up the last row, or follows the pixels, is missing', async () => {
    const gif = new Uint8Array(await photo().gif().toBuffer());
    expect(isCutShort('gif', gif.slice(0, -1))).toBe(false);
    const odd = bitmap();
    // 59 pixels and three bytes that fill the row up.
    new DataView(odd.buffer).setInt32(18, SIDE - 1, true);
    expect(isCutShort('bmp', odd.slice(0, -3))).toBe(false);
    expect(isCutShort('bmp', odd.slice(0, -4))).toBe(true);
  });
});
