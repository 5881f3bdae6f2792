import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitInput } from '../../../../src/core/pipeline/fit.js';

const RULE = { shortSide: 320, longSide: 960, maxUpscale: 1.28, stride: 32, padValue: 128 };

describe('fitInput', () => {
  it('brings the short side to its length', () => {
    expect(fitInput(1540, 645, RULE)).toEqual({
      scale: 320 / 645,
      width: 764,
      height: 320,
      paddedWidth: 768,
      paddedHeight: 320,
    });
  });

  it('gives way to the long side', () => {
    const fit = fitInput(200, 4000, RULE);
    expect(fit.scale).toBe(0.24);
    expect([fit.width, fit.height]).toEqual([48, 960]);
    expect([fit.paddedWidth, fit.paddedHeight]).toEqual([64, 960]);
  });

  it('enlarges a small photo only so far', () => {
    const fit = fitInput(200, 200, RULE);
    expect(fit.scale).toBe(1.28);
    expect([fit.width, fit.paddedWidth]).toEqual([256, 256]);
  });

  it('rounds halves up and never down to nothing', () => {
    const rule = { ...RULE, shortSide: 1e9, longSide: 1e9, maxUpscale: 0.5 };
    expect(fitInput(5, 9, rule)).toMatchObject({ width: 3, height: 5 });
    expect(fitInput(1000, 1, { ...RULE, maxUpscale: 0.1 })).toMatchObject({ height: 1, paddedHeight: 32 });
  });

  it('fits any photo into the one size that a network takes, as large as it gets', () => {
    const side = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(side, side, side, side, (width, height, sizeWidth, sizeHeight) => {
        const size = { width: sizeWidth, height: sizeHeight };
        const fit = fitInput(width, height, { ...RULE, maxUpscale: 5000, size });
        expect([fit.paddedWidth, fit.paddedHeight]).toEqual([sizeWidth, sizeHeight]);
        expect(fit.width).toBeLessThanOrEqual(sizeWidth);
        expect(fit.height).toBeLessThanOrEqual(sizeHeight);
        expect(fit.width === sizeWidth || fit.height === sizeHeight).toBe(true);
      }),
    );
  });

  it('refuses a photo without pixels', () => {
    expect(() => fitInput(0, 10, RULE)).toThrow(RangeError);
    expect(() => fitInput(10, Number.NaN, RULE)).toThrow(RangeError);
  });

  it('stays within its limits for any photo', () => {
    const side = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const fit = fitInput(width, height, RULE);
        expect(fit.scale).toBeLessThanOrEqual(RULE.maxUpscale);
        expect(Math.max(fit.width, fit.height)).toBeLessThanOrEqual(RULE.longSide);
        expect(Math.min(fit.width, fit.height)).toBeLessThanOrEqual(RULE.shortSide);
        for (const [padded, side] of [
          [fit.paddedWidth, fit.width],
          [fit.paddedHeight, fit.height],
        ] as const) {
          expect(padded % RULE.stride).toBe(0);
          expect(padded - side).toBeGreaterThanOrEqual(0);
          expect(padded - side).toBeLessThan(RULE.stride);
        }
      }),
    );
  });
});
