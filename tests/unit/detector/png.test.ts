import { encode } from 'fast-png';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openPhotoFile } from '../../../src/core/photo/photo-file.js';
import { readPng } from '../../../src/core/photo/png-file.js';
import { openPng } from '../../../src/detector/photo/png.js';
import { pngOf, pngWith } from '../../png-builder.js';

const samples = Uint16Array.from({ length: 30 * 20 }, (_, i) => (i * 7) % 3000);
const file = encode({
  width: 30,
  height: 20,
  data: samples,
  channels: 1,
  depth: 16,
}) as Uint8Array<ArrayBuffer>;
const open = (bytes: Uint8Array<ArrayBuffer>, bits?: number) => openPng(readPng(bytes)!, bits);
const damaged = { code: 'corrupt-image' };

async function pixels(bytes: Uint8Array<ArrayBuffer>, bits?: number) {
  const { width, height, read, ...rest } = await open(bytes, bits);
  return { ...rest, width, height, data: read(0, 0, width, height) };
}

it('stretches as many bits as the photo needs, or as a person says', async () => {
  const found = await pixels(file);
  expect(found).toMatchObject({ width: 30, height: 20, bits: 12 });
  expect(found.data[400]).toBe(Math.round((700 * 255) / 4095));
  const asked = await pixels(file, 16);
  expect(asked.bits).toBe(16);
  expect(asked.data[400]).toBe(Math.round((700 * 255) / 65_535));
  // What is brighter than white is white.
  expect((await pixels(file, 8)).data[400]).toBe(255);
});

it.each([0.3, 0.6, 0.9])('refuses a file that ends after %d of it', async (share) => {
  await expect(open(file.slice(0, file.length * share))).rejects.toMatchObject(damaged);
});

it('refuses pixels that were changed', async () => {
  const bytes = file.slice();
  bytes[Math.floor(bytes.length / 2)]! ^= 0x55;
  await expect(open(bytes)).rejects.toMatchObject(damaged);
});

it('refuses a file that inflates to more than its size says, before memory is full', async () => {
  const large = encode({ width: 600, height: 600, data: new Uint16Array(36e4), channels: 1, depth: 16 });
  const bomb = large.slice();
  new DataView(bomb.buffer).setUint32(16, 10);
  new DataView(bomb.buffer).setUint32(20, 10);
  await expect(open(bomb)).rejects.toMatchObject(damaged);
});

it('opens or refuses whatever a header says of whatever pixels', async () => {
  const small = fc.integer({ min: 0, max: 12 });
  const kind = fc.record({
    width: small,
    height: small,
    colour: fc.constantFrom(0, 2, 3, 4, 6, 1, 7),
    depth: fc.constantFrom(8, 1, 2, 4, 16, 3, 255),
    isInterlaced: fc.boolean(),
  });
  const bytes = (max: number) => fc.array(fc.integer({ min: 0, max }), { minLength: 100, maxLength: 1500 });
  // A row begins with the number of its filter, of which there are five.
  const rows = fc.oneof(bytes(4), bytes(255));
  let opened = 0;
  await fc.assert(
    fc.asyncProperty(kind, rows, async (header, raw) => {
      const outcome = await pixels(pngWith(header, Uint8Array.from(raw))).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toMatchObject(damaged);
      else {
        opened++;
        expect(outcome).toHaveProperty('data.length', header.width * header.height * 4);
      }
    }),
    { numRuns: 500 },
  );
  expect(opened).toBeGreaterThan(5);
});

describe('a PNG of any kind', () => {
  const WIDTH = 21;
  const HEIGHT = 13;
  const KINDS = [0, 2, 3, 4, 6].flatMap((colour) =>
    [1, 2, 4, 8, 16]
      .filter((depth) => depth === 8 || (colour === 0 ? true : colour === 3 ? depth < 8 : depth === 16))
      .flatMap((depth) => [false, true].map((isInterlaced) => ({ colour, depth, isInterlaced }))),
  );

  it.each(KINDS)('of colour $colour, $depth bits, interlaced: $isInterlaced', async (kind) => {
    const { bytes, expected } = pngOf({ width: WIDTH, height: HEIGHT, ...kind });
    const { data } = await pixels(bytes, kind.depth === 16 ? 16 : undefined);
    const rgb = data.filter((_, i) => i % 4 !== 3);
    expect(Array.from(rgb)).toEqual(Array.from(expected));
    expect(data.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
  });

  it.each([
    [0, 2, [0, 1]],
    [2, 8, [0, 1, 0, 2, 0, 3]],
    [3, 4, [0, 128, 255]],
  ] as const)(
    'of colour %d and %d bits, interlaced, with colours that are transparent',
    async (colour, depth, body) => {
      const kind = { width: WIDTH, height: HEIGHT, colour, depth, isInterlaced: true };
      const { bytes, expected } = pngOf({ ...kind, chunks: [['tRNS', body]] });
      expect(openPhotoFile(bytes).png).toBeDefined();
      const { data } = await pixels(bytes);
      expect(Array.from(data.filter((_, i) => i % 4 !== 3))).toEqual(Array.from(expected));
    },
  );

  it('whatever its rows are filtered with, read in parts', async () => {
    const raw = Uint8Array.from({ length: 97 * 61 * 3 }, (_, i) => (i * 2_654_435_761) >>> 21);
    const image = sharp(raw, { raw: { width: 97, height: 61, channels: 3 } });
    const bytes = new Uint8Array(await image.png({ adaptiveFiltering: true }).toBuffer());
    const source = await open(bytes);
    for (const [x, y, width, height] of [
      [0, 0, 97, 61],
      [5, 7, 90, 3],
      [96, 60, 1, 1],
    ] as const) {
      const part = source.read(x, y, width, height);
      for (let row = 0; row < height; row++) {
        const from = ((y + row) * 97 + x) * 3;
        const line = part.subarray(row * width * 4, (row + 1) * width * 4);
        expect(Array.from(line.filter((_, i) => i % 4 !== 3))).toEqual(
          Array.from(raw.subarray(from, from + width * 3)),
        );
      }
    }
    source.close?.();
  });
});
