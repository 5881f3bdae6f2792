import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  averagePrecision,
  rankClass,
  weightedPrecision,
} from '../../../../src/core/evaluation/average-precision.js';
import { ofClass } from '../../../../src/core/evaluation/compared-image.js';
import { bootstrapPrecision, wilson } from '../../../../src/core/evaluation/intervals.js';
import { anyImages, image } from './helpers.js';

describe('wilson', () => {
  it('equals published values', () => {
    // Newcombe, Stat. Med. 17 (1998), table I, method 3.
    for (const [hits, total, low, high] of [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const) {
      const [from, to] = wilson(hits, total);
      expect(from).toBeCloseTo(low, 4);
      expect(to).toBeCloseTo(high, 4);
    }
  });

  it('holds the share, stays within 0..1 and mirrors itself', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (a, b) => {
        const [hits, total] = [Math.min(a, b), Math.max(a, b, 1)];
        const [low, high] = wilson(hits, total);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(hits / total);
        expect(high).toBeGreaterThanOrEqual(hits / total);
        const [mirroredLow, mirroredHigh] = wilson(total - hits, total);
        expect(mirroredLow).toBeCloseTo(1 - high, 10);
        expect(mirroredHigh).toBeCloseTo(1 - low, 10);
      }),
    );
  });

  it('has no figure of nothing', () => {
    expect(wilson(0, 0)).toEqual([NaN, NaN]);
  });
});

describe('bootstrapPrecision', () => {
  const intervalsOf = (images: readonly ReturnType<typeof image>[], options = {}) =>
    bootstrapPrecision(
      [rankClass(images, 1, 0.5)],
      [images.map((one) => ofClass(one, 1).counted)],
      images.length,
      options,
    );
  const perfect = image([[1]], [[1, 0.9, [0.8]]]);
  const missed = image([[1]], []);

  it('gives Wilson’s interval where all images agree', () => {
    const agreeing = (n: number, one: typeof perfect) => intervalsOf(Array.from({ length: n }, () => one));
    expect(agreeing(3, perfect)).toEqual({ mean: wilson(3, 3), classes: [wilson(3, 3)] });
    expect(agreeing(3, perfect).classes[0]![0]).toBeLessThan(0.5);
    expect(agreeing(200, perfect).classes[0]![0]).toBeGreaterThan(0.98);
    expect(agreeing(20, missed).classes).toEqual([wilson(0, 20)]);
  });

  it('is wide for few images, narrower for many, and around the figure', () => {
    const mixed = (n: number) => Array.from({ length: n }, (_, i) => (i % 2 ? missed : perfect));
    const [few, many] = [intervalsOf(mixed(6)), intervalsOf(mixed(200))];
    const width = ([low, high]: readonly [number, number]) => high - low;
    expect(width(few.mean)).toBeGreaterThan(0.5);
    expect(width(many.mean)).toBeLessThan(0.2);
    expect(many.mean[0]).toBeLessThan(0.5);
    expect(many.mean[1]).toBeGreaterThan(0.5);
    // About 1.96 standard errors of a proportion: 0.069 on either side.
    expect(width(many.mean)).toBeCloseTo(0.139, 1);
  });

  it('is the same for the same seed', () => {
    const images = [perfect, missed, perfect, missed];
    expect(intervalsOf(images, { seed: 7 })).toEqual(intervalsOf(images, { seed: 7 }));
  });

  it('says nothing without truths or images', () => {
    expect(intervalsOf([image([], [[1, 0.9]])])).toEqual({ mean: [NaN, NaN], classes: [[NaN, NaN]] });
    expect(intervalsOf([])).toEqual({ mean: [NaN, NaN], classes: [[NaN, NaN]] });
  });

  it('weighs an image as often as it is drawn', () => {
    fc.assert(
      fc.property(anyImages, fc.array(fc.nat(3), { minLength: 6, maxLength: 6 }), (images, weights) => {
        const repeated = images.flatMap((one, i) => Array.from({ length: weights[i]! }, () => one));
        const wanted = rankClass(repeated, 1, 0.5);
        // Equal scores fall in another order then: precision differs within ties only.
        const scores = images.flatMap((one) => one.detections.map(({ score }) => score));
        fc.pre(new Set(scores).size === scores.length);
        const { ranked } = rankClass(images, 1, 0.5);
        const actual = weightedPrecision(ranked, wanted.truths, (i) => weights[i]!);
        if (wanted.truths === 0) expect(actual).toBeNaN();
        else expect(actual).toBeCloseTo(averagePrecision(wanted), 12);
      }),
    );
  });
});
