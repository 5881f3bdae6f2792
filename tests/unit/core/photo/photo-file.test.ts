import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Orientation } from '../../../../src/core/photo/exif.js';
import { isIncomplete, openPhotoFile } from '../../../../src/core/photo/photo-file.js';
import { turnedSource } from '../../../../src/core/photo/turned-source.js';
import { memorySource } from '../../../../src/core/pipeline/pixels.js';
import { bitsFor, to8Bits } from '../../../../src/core/photo/sample-range.js';

const picture = async (name: string) => new Uint8Array(await readFile(`tests/fixtures/pictures/${name}`));
const photo = sharp({ create: { width: 300, height: 200, channels: 3, background: '#678' } });
const progressive = async () => new Uint8Array(await photo.clone().jpeg({ progressive: true }).toBuffer());

describe('openPhotoFile', () => {
  it.each(['rgb.png', 'grey.png'])('leaves %s to the browser', async (name) => {
    expect(openPhotoFile(await picture(name))).not.toHaveProperty('png');
  });

  it.each([
    'alpha.png',
    'grey-key.png',
    'palette-alpha.png',
    'gamma.png',
    'profile.png',
    'turned.png',
    'grey-16.png',
  ])('does not leave %s to the browser', async (name) => {
    expect(openPhotoFile(await picture(name))).toHaveProperty('png');
  });

  it('gives a JPEG its end, if that is all it lacks', async () => {
    const whole = await progressive();
    expect(openPhotoFile(whole.slice(0, -2)).bytes).toEqual(whole);
    const cut = whole.slice(0, -40);
    expect(openPhotoFile(cut).bytes).toBe(cut);
    expect(isIncomplete(openPhotoFile(cut))).toBe(true);
    expect(isIncomplete(openPhotoFile(whole))).toBe(false);
  });

  it('refuses a JPEG with thousands of passes, which is small as a file, and takes minutes', async () => {
    const bytes = await progressive();
    const last = bytes.findLastIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xda);
    const scan = bytes.slice(last, -2);
    const header = bytes.slice(0, last);
    // 8000 x 8000 pixels, in the start of frame.
    const frame = header.findIndex((byte, i) => byte === 0xff && header[i + 1] === 0xc2);
    header.set([0x1f, 0x40, 0x1f, 0x40], frame + 5);
    const bomb = Uint8Array.from([
      ...header,
      ...Array.from({ length: 60 }, () => [...scan]).flat(),
      0xff,
      0xd9,
    ]);
    expect(() => openPhotoFile(bomb)).toThrow(expect.objectContaining({ code: 'timed-out' }));
  });

  it('takes a bitmap that ends within its first header as it is', () => {
    const bytes = Uint8Array.from('BM\0\0\0\0\0\0\0\0\0\0', (letter) => letter.charCodeAt(0));
    expect(openPhotoFile(bytes)).toMatchObject({ format: 'bmp', bytes });
  });

  it('opens a bitmap whatever its reserved bytes, and turns its transparency off', async () => {
    expect(openPhotoFile(await picture('reserved.bmp'))).toMatchObject({
      format: 'bmp',
      width: 40,
      height: 28,
    });
    const given = await picture('alpha.bmp');
    expect([...openPhotoFile(given).bytes.subarray(66, 70)]).toEqual([0, 0, 0, 0]);
    expect([...given.subarray(66, 70)]).not.toEqual([0, 0, 0, 0]);
  });

  it('knows how a JPEG stands, and hides that and its profile from the browser', async () => {
    const given = await photo
      .clone()
      .withMetadata({ orientation: 8 })
      .withIccProfile('p3')
      .jpeg()
      .toBuffer()
      .then((buffer) => new Uint8Array(buffer));
    const { orientation, bytes } = openPhotoFile(given);
    expect(orientation).toBe(8);
    const { icc, exif, orientation: left } = await sharp(bytes).metadata();
    expect([icc, exif, left]).toEqual([undefined, undefined, undefined]);
    expect(isIncomplete(openPhotoFile(given))).toBe(false);
    expect((await sharp(given).metadata()).orientation).toBe(8);
  });

  it('takes the profile of a bitmap from it', async () => {
    const header = new Uint8Array(14 + 124 + 8);
    const view = new DataView(header.buffer);
    header.set([0x42, 0x4d]);
    for (const [at, value] of [
      [14, 124],
      [18, 1],
      [22, 1],
      [66, 0xff],
      [70, 0x4d424544],
    ] as const) {
      view.setUint32(at, value, true);
    }
    const { bytes } = openPhotoFile(header);
    expect(String.fromCharCode(...bytes.subarray(66, 74))).toBe('\0\0\0\0BGRs');
  });

  it.each([
    ['Rar!\x1a\x07', 'archive (RAR)'],
    ['\x1f\x8b\x08', 'archive (gzip)'],
    ['BZh91AY', 'archive (bzip2)'],
    [`${'\0'.repeat(257)}ustar\0`, 'archive (TAR)'],
    ['version https://git-lfs.github.com/spec/v1', 'Git LFS pointer'],
    ['P5 4 4 255', 'PGM'],
    ['{"photos": []}', 'JSON file'],
    ['\0\0\0\x18ftypcrx \0', 'CR3'],
    ['\0'.repeat(128) + 'DICM', 'DICOM'],
  ])('says what %j is', (start, said) => {
    const bytes = Uint8Array.from(start, (letter) => letter.charCodeAt(0));
    expect(() => openPhotoFile(bytes)).toThrow(said);
  });

  it('knows how a WebP stands, and hides that from the browser', async () => {
    const { orientation, bytes } = openPhotoFile(await picture('turned.webp'));
    expect(orientation).toBe(6);
    expect(openPhotoFile(bytes).orientation).toBe(1);
  });
});

describe('turning', () => {
  /** Letters as pixels, so that it can be read. */
  const turned = (rows: readonly string[], orientation: Orientation) => {
    const [width, height] = [rows[0]!.length, rows.length];
    const data = Uint8ClampedArray.from(
      rows
        .join('')
        .split('')
        .flatMap((letter) => [letter.charCodeAt(0), 0, 0, 255]),
    );
    const source = turnedSource(memorySource({ data, width, height }), orientation);
    const { width: w, height: h } = source;
    const out = source.read(0, 0, w, h);
    // Every part of it is what is there in the whole.
    for (let x = 0; x < w; x++) {
      for (let y = 0; y < h; y++) {
        const part = Uint8Array.from(
          turnedSource(memorySource({ data, width, height }), orientation).read(x, y, w - x, 1),
        );
        expect(part).toEqual(Uint8Array.from(out.subarray((y * w + x) * 4, (y + 1) * w * 4)));
      }
    }
    return Array.from({ length: h }, (_, y) =>
      Array.from({ length: w }, (__, x) => String.fromCharCode(out[(y * w + x) * 4]!)).join(''),
    );
  };

  it.each([
    [1, ['abc', 'def']],
    [2, ['cba', 'fed']],
    [3, ['fed', 'cba']],
    [4, ['def', 'abc']],
    [5, ['ad', 'be', 'cf']],
    [6, ['da', 'eb', 'fc']],
    [7, ['fc', 'eb', 'da']],
    [8, ['cf', 'be', 'ad']],
  ] as const)('follows EXIF orientation %d', (orientation, expected) => {
    expect(turned(['abc', 'def'], orientation)).toEqual(expected);
  });
});

describe('samples of 16 bits', () => {
  it.each([
    [0, 8],
    [255, 8],
    [256, 10],
    [1023, 10],
    [4095, 12],
    [4096, 14],
    [65_535, 16],
  ])('count as few as hold %d', (largest, bits) => {
    expect(bitsFor(largest)).toBe(bits);
  });

  it.each([8, 10, 12, 14, 16])('fill the range from %d bits', (bits) => {
    const table = to8Bits(bits);
    const top = 2 ** bits - 1;
    expect([table[0], table[top], table[65_535]]).toEqual([0, 255, 255]);
    for (const share of [0.1, 0.5, 0.77]) {
      const value = Math.round(top * share);
      expect(table[value]).toBe(Math.round((value * 255) / top));
    }
  });
});

it.each([
  ['CGBI', [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 4, 0x43, 0x67, 0x42, 0x49, 0x50, 0, 0x20, 6]],
  ['BIGTIFF', [0x49, 0x49, 43, 0, 8, 0, 0, 0]],
])('says of which kind a file is that looks like another: %s', (kind, bytes) => {
  const file = Uint8Array.from([...bytes, ...new Array<number>(60).fill(9)]);
  expect(() => openPhotoFile(file)).toThrow(`can't open ${kind} photos. Save the photo as JPEG or PNG`);
});
