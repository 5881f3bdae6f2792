import fc from 'fast-check';
import sharp, { type JpegOptions, type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { readImageHeader } from '../../../../src/core/photo/image-header.js';
import { isWholeJpeg, outlineJpeg } from '../../../../src/core/photo/jpeg-file.js';

/** Noise: nothing in it can be left out without being missed. */
const raw = Uint8Array.from({ length: 203 * 157 * 3 }, (_, i) => (i * 2_654_435_761) >>> 24);
const noise = sharp(raw, { raw: { width: 203, height: 157, channels: 3 } });
const jpeg = async (image: Sharp, options: JpegOptions) =>
  new Uint8Array(await image.clone().jpeg(options).toBuffer());

const KINDS: readonly [name: string, image: Sharp, options: JpegOptions][] = [
  ['baseline', noise, {}],
  ['full chroma', noise, { chromaSubsampling: '4:4:4' }],
  ['optimised tables', noise, { optimiseCoding: true, mozjpeg: true, progressive: false }],
  ['progressive', noise, { progressive: true }],
  ['progressive with many scans', noise, { mozjpeg: true }],
  ['grey', noise.clone().greyscale(), {}],
  ['one colour', sharp({ create: { width: 90, height: 50, channels: 3, background: 'white' } }), {}],
  [
    'one pixel',
    sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } }),
    { progressive: true },
  ],
];

describe.each(KINDS)('a JPEG that is %s', (_, image, options) => {
  it('is whole, with and without its end, and whatever follows', async () => {
    const bytes = await jpeg(image, options);
    expect(isWholeJpeg(bytes)).toBe(true);
    expect(outlineJpeg(bytes).isEnded).toBe(true);
    const open = bytes.slice(0, -2);
    expect(isWholeJpeg(open)).toBe(true);
    expect(outlineJpeg(open).isEnded).toBe(false);
    expect(isWholeJpeg(Uint8Array.from([...bytes, 0, 1, 0xff, 2, 3]))).toBe(true);
  });
});

describe.each(KINDS.slice(0, 6))('a JPEG that is %s', (_, image, options) => {
  it.each([0.3, 0.6, 0.9])(
    'is not whole when it ends after %d of it, with or without a marker',
    async (share) => {
      const bytes = await jpeg(image, options);
      const cut = bytes.slice(0, bytes.length * share);
      expect(isWholeJpeg(cut)).toBe(false);
      expect(isWholeJpeg(Uint8Array.from([...cut, 0xff, 0xd9]))).toBe(false);
    },
  );

  it.each([0.4, 0.7])('is not whole with a hole at %d of it', async (place) => {
    const bytes = await jpeg(image, options);
    bytes.fill(0, bytes.length * place, bytes.length * place + 1500);
    expect(isWholeJpeg(bytes)).toBe(false);
  });
});

it('knows what browsers may not decode, and of arithmetic codes no more than whether they end', async () => {
  const bytes = await jpeg(noise, {});
  expect(outlineJpeg(bytes).isUsual).toBe(true);
  const frame = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0);
  const changed = (at: number, value: number) => {
    const other = bytes.slice();
    other[frame + at] = value;
    return other;
  };
  const [deep, lossless, arithmetic] = [changed(4, 12), changed(1, 0xc3), changed(1, 0xc9)];
  expect([deep, lossless, arithmetic].map((one) => outlineJpeg(one).isUsual)).toEqual([false, false, true]);
  expect(isWholeJpeg(arithmetic)).toBe(true);
  expect(isWholeJpeg(arithmetic.slice(0, -300))).toBe(false);
});

it.each([0x02, 0x05, 0x80, 0xbf])(
  'passes over the marker %d, which nobody defined, as header readers do',
  async (marker) => {
    const bytes = await jpeg(noise, {});
    const file = Uint8Array.from([...bytes.subarray(0, 2), 0xff, marker, ...bytes.subarray(2)]);
    expect(readImageHeader(file)).toMatchObject({ width: 203, height: 157 });
    expect(isWholeJpeg(file)).toBe(true);
    expect(outlineJpeg(file)).toEqual(outlineJpeg(bytes));
  },
);

it('counts scans', async () => {
  expect(outlineJpeg(await jpeg(noise, {})).scans).toBe(1);
  expect(outlineJpeg(await jpeg(noise, { progressive: true })).scans).toBeGreaterThan(5);
});

it('ends, whatever the bytes', async () => {
  const files = await Promise.all(KINDS.map(([, image, options]) => jpeg(image, options)));
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 20 }),
      (file, changes) => {
        const bytes = file.slice();
        for (const [place, value] of changes) bytes[Math.floor(place * (bytes.length - 1))] = value;
        outlineJpeg(bytes);
        isWholeJpeg(bytes);
      },
    ),
    { numRuns: 150 },
  );
});

describe('a progressive JPEG without its last scans', () => {
  it.each([{ progressive: true }, { mozjpeg: true }])(
    'is not whole, though each of its scans is: %o',
    async (options) => {
      const bytes = await jpeg(noise, options);
      const scans = [...bytes.keys()].filter((i) => bytes[i] === 0xff && bytes[i + 1] === 0xda);
      const { scans: count } = outlineJpeg(bytes);
      expect(count).toBeGreaterThan(3);
      for (const start of scans.slice(1)) {
        // Tables may stand before a scan; what ends there is still a whole number of scans.
        const cut = Uint8Array.from([...bytes.subarray(0, start), 0xff, 0xd9]);
        expect(isWholeJpeg(cut)).toBe(false);
      }
      expect(isWholeJpeg(bytes)).toBe(true);
    },
  );
});
