import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropSource, memorySource } from '../../../../src/core/pipeline/pixels.js';

const WIDTH = 7;
const HEIGHT = 5;
const data = Uint8ClampedArray.from({ length: WIDTH * HEIGHT * 4 }, (_, i) => i);
const photo = { data, width: WIDTH, height: HEIGHT };

/** What lies at a place of the photo. */
const pixel = (x: number, y: number) =>
  Array.from(data.subarray((y * WIDTH + x) * 4, (y * WIDTH + x + 1) * 4));

/** A rectangle within a size. */
const rectangle = (width: number, height: number) =>
  fc
    .tuple(fc.nat(width - 1), fc.nat(height - 1))
    .chain(([x, y]) =>
      fc.tuple(
        fc.constant(x),
        fc.constant(y),
        fc.integer({ min: 1, max: width - x }),
        fc.integer({ min: 1, max: height - y }),
      ),
    );

describe('a photo in memory', () => {
  it('gives any rectangle of it', () => {
    const source = memorySource(photo);
    fc.assert(
      fc.property(rectangle(WIDTH, HEIGHT), ([x, y, width, height]) => {
        const expected = Array.from({ length: width * height }, (_, i) =>
          pixel(x + (i % width), y + Math.floor(i / width)),
        );
        expect(Array.from(source.read(x, y, width, height))).toEqual(expected.flat());
      }),
    );
  });

  it('keeps what is known of the photo', () => {
    expect(memorySource({ ...photo, bits: 12, isIncomplete: true })).toMatchObject({
      bits: 12,
      isIncomplete: true,
    });
  });

  it('is refused where pixels are missing', () => {
    expect(() => memorySource({ ...photo, height: 6 })).toThrow(RangeError);
  });
});

describe('an area', () => {
  it('is read as if it were the photo', () => {
    const source = memorySource(photo);
    fc.assert(
      fc.property(rectangle(WIDTH, HEIGHT), ([x, y, width, height]) => {
        const area = cropSource(source, [x, y, width, height]);
        expect([area.width, area.height]).toEqual([width, height]);
        expect(Array.from(area.read(0, 0, width, height))).toEqual(
          Array.from(source.read(x, y, width, height)),
        );
        expect(Array.from(area.read(width - 1, height - 1, 1, 1))).toEqual(
          pixel(x + width - 1, y + height - 1),
        );
      }),
    );
  });
});
