import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitInput } from '../../../../src/core/pipeline/fit.js';
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
const photo = fc.tuple(size, size).chain(([width, height]) =>
  fc.record({
    width: fc.constant(width),
    height: fc.constant(height),
    rgba: fc.uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 }),
  }),
);

describe('resample', () => {
  // PIL allows no tolerance here: the same fixed-point arithmetic gives the same bytes.
  it.each(fixture<Case[]>('resample'))(
    'equals PIL: $name',
    ({ rgba, rgb, width, height, outWidth, outHeight }) => {
      const resized = resample(bytes(rgba), width, height, outWidth, outHeight);
      expect(withoutAlpha(resized)).toEqual(Array.from(bytes(rgb)));
      expect(alphas(resized)).toEqual(new Set([255]));
    },
  );

  it('keeps every pixel at the same size', () => {
    fc.assert(
      fc.property(photo, ({ width, height, rgba }) => {
        expect(withoutAlpha(resample(rgba, width, height, width, height))).toEqual(withoutAlpha(rgba));
      }),
    );
  });

  it('keeps one colour and leaves no range', () => {
    fc.assert(
      fc.property(photo, size, size, fc.nat(255), ({ width, height, rgba }, outWidth, outHeight, value) => {
        const flat = resample(rgba.slice().fill(value), width, height, outWidth, outHeight);
        expect(new Set(withoutAlpha(flat))).toEqual(new Set([value]));

        const input = withoutAlpha(rgba);
        const output = withoutAlpha(resample(rgba, width, height, outWidth, outHeight));
        expect(Math.min(...output)).toBeGreaterThanOrEqual(Math.min(...input));
        expect(Math.max(...output)).toBeLessThanOrEqual(Math.max(...input));
      }),
    );
  });

  it('keeps the channels apart', () => {
    const rgba = new Uint8Array(8 * 8 * 4);
    for (let i = 1; i < rgba.length; i += 4) rgba[i] = 200;
    expect(withoutAlpha(resample(rgba, 8, 8, 3, 5)).slice(0, 3)).toEqual([0, 200, 0]);
  });

  it('refuses sizes that do not fit', () => {
    expect(() => resample(new Uint8Array(16), 2, 2, 0, 1)).toThrow(RangeError);
    expect(() => resample(new Uint8Array(12), 2, 2, 1, 1)).toThrow(RangeError);
  });
});

describe('prepareInput', () => {
  it('pads the resized photo on the right and at the bottom', () => {
    const rule = { shortSide: 6, longSide: 20, maxUpscale: 2, stride: 8, padValue: 128 };
    const [width, height] = [10, 4];
    const rgba = Uint8Array.from({ length: width * height * 4 }, (_, i) => (i * 37) % 256);
    const fit = fitInput(width, height, rule);
    expect(fit).toMatchObject({ width: 15, height: 6, paddedWidth: 16, paddedHeight: 8 });

    const input = prepareInput(rgba, width, height, fit, rule.padValue);
    const resized = resample(rgba, width, height, fit.width, fit.height);
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
