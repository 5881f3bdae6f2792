import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitInput } from '../../../../src/core/pipeline/fit.js';
import { memorySource, type PixelSource } from '../../../../src/core/pipeline/pixels.js';
import { prepareInput, resample } from '../../../../src/core/pipeline/resample.js';
import { bytes, fixture } from '../helpers.js';

interface Case {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly outWidth: number;
  readonly outHeight: number;
  readonly rgba: string;
  readonly rgb: string;
}

const withoutAlpha = (rgba: Uint8Array | Uint8ClampedArray) => Array.from(rgba).filter((_, i) => i % 4 !== 3);
const alphas = (rgba: Uint8Array | Uint8ClampedArray) => new Set(rgba.filter((_, i) => i % 4 === 3));

const size = fc.integer({ min: 1, max: 40 });
const photo = fc
  .tuple(size, size)
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
      .map((data) => memorySource({ data, width, height })),
  );
const rgbaOf = (source: PixelSource) => source.read(0, 0, source.width, source.height);
const flatSource = (width: number, height: number, value: number) =>
  memorySource({ data: new Uint8Array(width * height * 4).fill(value), width, height });

describe('resample', () => {
  // PIL allows no tolerance here: the same fixed-point arithmetic gives the same bytes.
  it.each(fixture<Case[]>('resample'))(
    'equals PIL: $name',
    ({ rgba, rgb, width, height, outWidth, outHeight }) => {
      const resized = resample(memorySource({ data: bytes(rgba), width, height }), outWidth, outHeight);
      expect(withoutAlpha(resized)).toEqual(Array.from(bytes(rgb)));
      expect(alphas(resized)).toEqual(new Set([255]));
    },
  );

  it('keeps every pixel at the same size', () => {
    fc.assert(
      fc.property(photo, (photo) => {
        expect(withoutAlpha(resample(photo, photo.width, photo.height))).toEqual(withoutAlpha(rgbaOf(photo)));
      }),
    );
  });

  it('keeps one colour and leaves no range', () => {
    fc.assert(
      fc.property(photo, size, size, fc.nat(255), (photo, outWidth, outHeight, value) => {
        const { width, height } = photo;
        const flat = resample(flatSource(width, height, value), outWidth, outHeight);
        expect(new Set(withoutAlpha(flat))).toEqual(new Set([value]));

        const input = withoutAlpha(rgbaOf(photo));
        const output = withoutAlpha(resample(photo, outWidth, outHeight));
        expect(Math.min(...output)).toBeGreaterThanOrEqual(Math.min(...input));
        expect(Math.max(...output)).toBeLessThanOrEqual(Math.max(...input));
      }),
    );
  });

  it('gives the same whether the photo is read at once or in bands', () => {
    fc.assert(
      fc.property(
        photo,
        size,
        size,
        fc.integer({ min: 1, max: 200 }),
        (photo, outWidth, outHeight, bandPixels) => {
          let most = 0;
          const source: PixelSource = {
            ...photo,
            read(...rectangle) {
              most = Math.max(most, rectangle[2] * rectangle[3]);
              return photo.read(...rectangle);
            },
          };
          const whole = resample(photo, outWidth, outHeight, 40 * 40);
          expect(resample(source, outWidth, outHeight, bandPixels)).toEqual(whole);
          expect(most).toBeLessThanOrEqual(Math.max(bandPixels, photo.width));
        },
      ),
    );
  });

  it('keeps the channels apart', () => {
    const rgba = new Uint8Array(8 * 8 * 4);
    for (let i = 1; i < rgba.length; i += 4) rgba[i] = 200;
    expect(
      withoutAlpha(resample(memorySource({ data: rgba, width: 8, height: 8 }), 3, 5)).slice(0, 3),
    ).toEqual([0, 200, 0]);
  });

  it('refuses sizes that do not fit', () => {
    expect(() => resample(flatSource(2, 2, 0), 0, 1)).toThrow(RangeError);
    expect(() => memorySource({ data: new Uint8Array(12), width: 2, height: 2 })).toThrow(RangeError);
  });
});

describe('prepareInput', () => {
  it('pads the resized photo on the right and at the bottom', () => {
    const rule = { shortSide: 6, longSide: 20, maxUpscale: 2, stride: 8, padValue: 128 };
    const [width, height] = [10, 4];
    const rgba = Uint8Array.from({ length: width * height * 4 }, (_, i) => (i * 37) % 256);
    const source = memorySource({ data: rgba, width, height });
    const fit = fitInput(width, height, rule);
    expect(fit).toMatchObject({ width: 15, height: 6, paddedWidth: 16, paddedHeight: 8 });

    const input = prepareInput(source, fit, rule.padValue);
    const resized = resample(source, fit.width, fit.height);
    for (let y = 0; y < fit.paddedHeight; y++) {
      for (let x = 0; x < fit.paddedWidth; x++) {
        const at = (y * fit.paddedWidth + x) * 4;
        const from = (y * fit.width + x) * 4;
        const inside = x < fit.width && y < fit.height;
        const expected = inside ? Array.from(resized.subarray(from, from + 4)) : [128, 128, 128, 255];
        expect(Array.from(input.subarray(at, at + 4))).toEqual(expected);
      }
    }
  });
});
