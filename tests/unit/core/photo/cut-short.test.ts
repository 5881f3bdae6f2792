import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isCutShort } from '../../../../src/core/photo/cut-short.js';
import { isIncomplete, openPhotoFile } from '../../../../src/core/photo/photo-file.js';
import { pngOf } from '../../../png-builder.js';

const SIDE = 60;
const photoOf = (side: number) => {
  let seed = 1;
  return Uint8Array.from({ length: side * side * 3 }, () => (seed = (seed * 48271) % 0x7fffffff) % 256);
};
const noise = () => photoOf(SIDE);
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

/** Of 8 bits a pixel, as run lengths, from below upwards. @param rows that are in it */
function packedBitmap(rows = SIDE): Uint8Array<ArrayBuffer> {
  const row = [...noise().slice(0, SIDE - 6)].flatMap((value) => [1, value]);
  // Three pixels as they are, and a byte that fills up; then three of one colour.
  const data = [...Array.from({ length: rows }, () => [...row, 0, 3, 7, 8, 9, 0, 3, 5, 0, 0]).flat(), 0, 1];
  const bytes = new Uint8Array(54 + data.length);
  bytes.set(bitmap(1).subarray(0, 54));
  bytes.set(data, 54);
  const view = new DataView(bytes.buffer);
  view.setUint16(28, 8, true);
  view.setUint32(34, data.length, true);
  return bytes;
}

const FILES: readonly (readonly [string, () => Promise<Uint8Array>])[] = [
  ['webp', () => photo().webp().toBuffer()],
  ['webp without loss', () => photo().webp({ lossless: true }).toBuffer()],
  ['gif', () => photo().gif().toBuffer()],
  ['avif', () => photo().avif({ effort: 0 }).toBuffer()],
  ['bmp', async () => bitmap()],
  ['bmp of run lengths', async () => packedBitmap()],
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

  it('is a bitmap whose run lengths end before the last row', () => {
    expect(isIncomplete(openPhotoFile(packedBitmap()))).toBe(false);
    expect(isIncomplete(openPhotoFile(packedBitmap(SIDE - 1)))).toBe(true);
  });

  it.each([
    ['a block', 0],
    ['other bytes', 0x5a],
  ])('is a GIF in which %s was written over its codes, though it goes on to its end', async (_, value) => {
    const whole = new Uint8Array(await photo().gif().toBuffer());
    const changed = whole.slice().fill(value, whole.length * 0.5, whole.length * 0.7);
    expect(isIncomplete(openPhotoFile(changed))).toBe(true);
  });

  it.each([{ lossless: true }, { quality: 100 }])('is a WebP with a hole of zeros: %o', async (options) => {
    const large = sharp(photoOf(200), { raw: { width: 200, height: 200, channels: 3 } });
    const whole = new Uint8Array(await large.webp(options).toBuffer());
    expect(isIncomplete(openPhotoFile(whole))).toBe(false);
    const holed = whole.slice().fill(0, 5000, 5000 + 4096 + 100);
    expect(isIncomplete(openPhotoFile(holed))).toBe(true);
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

describe('a GIF that is whole', () => {
  it.each([1, 2, 3, 16, 17, 100, 140])(
    'holds all of its pixels, at a side of %i',
    { timeout: 20_000 },
    async (side) => {
      const kinds = [photoOf(side), new Uint8Array(side * side * 3).fill(90)];
      for (const pixels of kinds) {
        const gif = await sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
          .gif()
          .toBuffer();
        expect(isCutShort('gif', new Uint8Array(gif))).toBe(false);
      }
    },
  );
});
