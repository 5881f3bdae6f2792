import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openPhotoFile, remarksOn } from '../../../../src/core/photo/photo-file.js';
import { holdsSeveral } from '../../../../src/core/photo/several.js';
import { decodePhoto } from '../../../../src/node/decode.js';
import { pngOf } from '../../../png-builder.js';
import { relativeTime } from '../../relative-time.js';

const SIDE = 24;
const bytesOf = (buffer: Uint8Array) => new Uint8Array(buffer);

/** Grey pictures, one below the other, which sharp takes for pages. */
const pages = (count: number) =>
  sharp(
    Uint8Array.from({ length: SIDE * SIDE * count * 3 }, (_, i) => 40 + (i % 100)),
    { raw: { width: SIDE, height: SIDE * count, channels: 3, pageHeight: SIDE } },
  );

const uint32 = (value: number) => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
const png = (frames: number) =>
  pngOf({
    ...{ width: 8, height: 8, colour: 2, depth: 8, isInterlaced: false },
    chunks: [['acTL', [...uint32(frames), ...uint32(0)]]],
  }).bytes;

const box = (name: string, ...body: number[]): number[] => [
  ...uint32(8 + body.length),
  ...Array.from(name, (letter) => letter.charCodeAt(0)),
  ...body,
];
const avif = (pictures: number) => {
  const sizes = box('stsz', ...uint32(0), ...uint32(0), ...uint32(pictures));
  const media = box('mdia', ...box('minf', ...box('stbl', ...sizes)));
  return Uint8Array.from([
    ...box('ftyp', ...Array.from('avis\0\0\0\0avis', (letter) => letter.charCodeAt(0))),
    ...box('moov', ...box('trak', ...media)),
  ]);
};

/** Of pages with a single entry each, the tag that says what they are. */
function tiff(...kinds: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8 + kinds.length * 18);
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0]);
  view.setUint32(4, 8, true);
  for (const [i, kind] of kinds.entries()) {
    const at = 8 + i * 18;
    view.setUint16(at, 1, true);
    view.setUint16(at + 2, 254, true);
    view.setUint32(at + 10, kind, true);
    view.setUint32(at + 14, i + 1 < kinds.length ? at + 18 : 0, true);
  }
  return bytes;
}

describe('a file of several pictures', () => {
  it.each(['gif', 'webp'] as const)('is told from one of a single one: %s', async (format) => {
    const animated = bytesOf(
      await pages(3)
        .toFormat(format, { loop: 0, delay: [80, 80, 80] })
        .toBuffer(),
    );
    expect(remarksOn(openPhotoFile(animated))).toEqual({ isFirstOfSeveral: true });
    const photo = await decodePhoto(animated);
    expect(photo).toMatchObject({ width: SIDE, height: SIDE, isFirstOfSeveral: true });
    const single = bytesOf(await pages(1).toFormat(format).toBuffer());
    expect(remarksOn(openPhotoFile(single))).toEqual({});
    expect(await decodePhoto(single)).not.toHaveProperty('isFirstOfSeveral');
  });

  it('is one that a PNG says is animated, of which all read the picture that shows without', async () => {
    const file = openPhotoFile(png(2));
    expect(file).toHaveProperty('png');
    expect(remarksOn(file)).toEqual({ isFirstOfSeveral: true });
    expect(await decodePhoto(png(2))).toMatchObject({ width: 8, isFirstOfSeveral: true });
    expect(remarksOn(openPhotoFile(png(1)))).toEqual({});
  });

  it('is an AVIF with a track of pictures, and a TIFF with pages that are no smaller copies', () => {
    const several = (bytes: Uint8Array<ArrayBuffer>) => holdsSeveral(openPhotoFile(bytes));
    expect([avif(2), avif(1)].map(several)).toEqual([true, false]);
    expect([tiff(0, 2), tiff(0, 1, 0), tiff(0), tiff(0, 1)].map(several)).toEqual([true, true, false, false]);
    // Whose second page is the first one again, and one that lies nowhere.
    const circle = tiff(1);
    circle[22] = 8;
    const nowhere = tiff(0);
    nowhere[25] = 8;
    expect([circle, nowhere].map(several)).toEqual([false, false]);
  });

  it('takes no longer to tell where boxes claim to hold all that follows', async () => {
    const levels = ['moov', 'trak', 'mdia', 'minf', 'stbl'].flatMap((name) => [
      ...uint32(0x7fffffff),
      ...Array.from(name, (letter) => letter.charCodeAt(0)),
    ]);
    const pairs = Array.from({ length: 30_000 }, () => box('moov', ...levels.slice(8, 16))).flat();
    const bytes = Uint8Array.from([...avif(1), ...pairs, ...levels]);
    let answer: boolean | undefined;
    const time = await relativeTime(() => (answer = holdsSeveral({ format: 'avif', bytes })));
    expect(answer).toBe(false);
    expect(time).toBeLessThan(100);
  });
});

it('is so of a PNG whose picture is no part of its animation', () => {
  const picture = { width: 8, height: 8, colour: 2, depth: 8, isInterlaced: false } as const;
  const { bytes } = pngOf({ ...picture, chunks: [['acTL', [...uint32(1), ...uint32(0)]]] });
  const frame = [
    ...uint32(26),
    ...Array.from('fcTL', (letter) => letter.charCodeAt(0)),
    ...new Array<number>(30).fill(0),
  ];
  const withFrame = (at: number) => Uint8Array.from([...bytes.slice(0, at), ...frame, ...bytes.slice(at)]);
  const header = 33;
  const beforeEnd = bytes.length - 12;
  expect([beforeEnd, header].map((at) => holdsSeveral(openPhotoFile(withFrame(at))))).toEqual([true, false]);
});
