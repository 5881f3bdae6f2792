import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readImageHeader } from '../../../../src/core/photo/image-header.js';

const ascii = (text: string) => Array.from(text, (c) => c.charCodeAt(0));
const be16 = (v: number) => [(v >> 8) & 255, v & 255];
const be32 = (v: number) => [...be16(v >>> 16), ...be16(v & 0xffff)];
const le16 = (v: number) => be16(v).reverse();
const le24 = (v: number) => be32(v).reverse().slice(0, 3);
const le32 = (v: number) => be32(v).reverse();
const zeros = (count: number) => new Array<number>(count).fill(0);

const segment = (marker: number, body: readonly number[]) => [
  0xff,
  marker,
  ...be16(body.length + 2),
  ...body,
];
const frame = (marker: number, width: number, height: number) =>
  segment(marker, [8, ...be16(height), ...be16(width), 3, ...zeros(9)]);
const webp = (chunk: string, body: readonly number[]) => [
  ...ascii('RIFF'),
  ...le32(100),
  ...ascii('WEBP'),
  ...ascii(chunk),
  ...le32(body.length),
  ...body,
];
const ispe = (width: number, height: number) => [
  ...be32(20),
  ...ascii('ispe'),
  ...zeros(4),
  ...be32(width),
  ...be32(height),
];
const isoMedia = (brands: string, ...rest: readonly number[][]) => [
  ...be32(8 + brands.length),
  ...ascii(`ftyp${brands}`),
  ...rest.flat(),
];

const JPEG = [0xff, 0xd8, ...segment(0xe0, ascii('JFIF\0')), ...segment(0xe1, zeros(300))];

/** Complete enough headers, all of them 1540 x 645 pixels. */
const FILES: Record<string, readonly [format: string, bytes: readonly number[]]> = {
  'baseline JPEG': ['jpeg', [...JPEG, ...segment(0xc4, zeros(20)), ...frame(0xc0, 1540, 645)]],
  'progressive JPEG': ['jpeg', [...JPEG, ...frame(0xc2, 1540, 645)]],
  'JPEG with fill bytes': ['jpeg', [...JPEG, 0xff, 0xff, ...frame(0xc1, 1540, 645)]],
  PNG: ['png', [...ascii('\x89PNG\r\n\x1a\n'), ...be32(13), ...ascii('IHDR'), ...be32(1540), ...be32(645)]],
  GIF: ['gif', [...ascii('GIF89a'), ...le16(1540), ...le16(645), 0]],
  BMP: ['bmp', [...ascii('BM'), ...le32(99), ...zeros(8), ...le32(40), ...le32(1540), ...le32(645)]],
  'BMP from the top down': [
    'bmp',
    [...ascii('BM'), ...le32(99), ...zeros(8), ...le32(124), ...le32(1540), ...le32(-645)],
  ],
  'BMP of OS/2': [
    'bmp',
    [...ascii('BM'), ...le32(99), ...zeros(8), ...le32(12), ...le16(1540), ...le16(645)],
  ],
  'lossy WebP': ['webp', webp('VP8 ', [0x10, 0, 0, 0x9d, 0x01, 0x2a, ...le16(1540), ...le16(645 | 0x4000)])],
  'lossless WebP': ['webp', webp('VP8L', [0x2f, ...le32(1539 | (644 << 14) | (1 << 28))])],
  'extended WebP': ['webp', webp('VP8X', [0x10, 0, 0, 0, ...le24(1539), ...le24(644)])],
  AVIF: ['avif', isoMedia('avif\0\0\0\0mif1miaf', ispe(1540, 645))],
  'HEIC in tiles': [
    'heic',
    isoMedia('heic\0\0\0\0mif1heic', ispe(512, 512), ispe(1540, 645), ispe(320, 134)),
  ],
};

describe('readImageHeader', () => {
  it.each(Object.entries(FILES))('reads format and size: %s', (_, [format, bytes]) => {
    expect(readImageHeader(Uint8Array.from(bytes))).toEqual({ format, width: 1540, height: 645 });
  });

  it.each(Object.entries(FILES))(
    'leaves out the size where the header is cut off: %s',
    (_, [format, bytes]) => {
      const cut = bytes.slice(0, format === 'gif' ? 9 : 16);
      expect(readImageHeader(Uint8Array.from(cut))).toEqual({ format });
    },
  );

  it('knows TIFF by its mark', () => {
    expect(readImageHeader(Uint8Array.from(ascii('II*\0\x08\0\0\0')))).toEqual({ format: 'tiff' });
    expect(readImageHeader(Uint8Array.from(ascii('MM\0*\0\0\0\x08')))).toEqual({ format: 'tiff' });
  });

  it('reads a view into a larger buffer', () => {
    const [, png] = FILES['PNG']!;
    const buffer = Uint8Array.from([1, 2, 3, ...png]);
    expect(readImageHeader(buffer.subarray(3))).toMatchObject({ width: 1540, height: 645 });
  });

  it('gives no size where the file states none', () => {
    const png = Uint8Array.from(FILES['PNG']![1]);
    png.fill(0, 16, 20);
    expect(readImageHeader(png)).toEqual({ format: 'png' });
    expect(readImageHeader(Uint8Array.from([...JPEG, 0xff, 0xda, ...zeros(50)]))).toEqual({ format: 'jpeg' });
    expect(readImageHeader(Uint8Array.from([...JPEG, 0, 0, ...zeros(50)]))).toEqual({ format: 'jpeg' });
  });

  it.each([
    ['nothing', ''],
    ['text', 'BMW makes cars, and this is a text about them.'],
    ['a PDF', '%PDF-1.7\n%....'],
    ['a video', '\0\0\0\x18ftypisom\0\0\0\0isommp42'],
    ['a RIFF file that is a sound', 'RIFF\x24\0\0\0WAVEfmt '],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ])('does not know %s', (_, text) => {
    expect(readImageHeader(Uint8Array.from(ascii(text)))).toBeUndefined();
  });

  it('never throws, whatever the bytes', () => {
    const anyStart = fc.constantFrom(...Object.values(FILES).map(([, bytes]) => bytes));
    fc.assert(
      fc.property(anyStart, fc.nat(40), fc.uint8Array({ maxLength: 200 }), (start, kept, rest) => {
        const header = readImageHeader(Uint8Array.from([...start.slice(0, kept), ...rest]));
        if (header?.width !== undefined) {
          expect(header.width).toBeGreaterThan(0);
          expect(header.height).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
