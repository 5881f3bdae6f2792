import { describe, expect, it } from 'vitest';
import { measurePrecision, viewed } from '../../../../src/core/evaluation/figures.js';
import { proposeThresholds, withThresholds } from '../../../../src/core/evaluation/proposals.js';
import { thresholdsOf } from '../../../../src/core/recipe/threshold.js';
import { CLASSES, image, MODEL } from './helpers.js';

/** Pitting: .9 hit, .8 false. Of cracks nothing is known. */
const IMAGES = [
  image(
    [[1]],
    [
      [1, 0.9, [0.8]],
      [1, 0.8],
      [2, 0.7],
    ],
  ),
];
const PRECISION = measurePrecision(IMAGES, CLASSES);

describe('proposeThresholds', () => {
  it('proposes for the classes about which the images say something', () => {
    expect([...proposeThresholds(PRECISION, MODEL, 'f1', 10)]).toEqual([[1, 0.85]]);
    expect([...proposeThresholds(PRECISION, MODEL, 'cost', 0.5)]).toEqual([[1, 0.85]]);
    expect([...proposeThresholds(PRECISION, MODEL, 'in-use', 10)]).toEqual([]);
  });

  it('gives one threshold to all classes, whatever the images say', () => {
    expect([...proposeThresholds(PRECISION, MODEL, 'one', 10, 0.3)]).toEqual([
      [1, 0.3],
      [2, 0.3],
    ]);
  });

  it('proposes one threshold for all classes where they don’t matter', () => {
    const any = measurePrecision(viewed(IMAGES, true), [{ id: 0, name: 'any' }]);
    expect([...proposeThresholds(any, MODEL, 'f1', 10)]).toEqual([
      [1, 0.85],
      [2, 0.85],
    ]);
  });
});

describe('withThresholds', () => {
  const of = (recipe: Parameters<typeof withThresholds>[0], thresholds: ReadonlyMap<number, number>) => {
    const thresholdOf = thresholdsOf(MODEL, withThresholds(recipe, MODEL, thresholds));
    return CLASSES.map(({ id }) => thresholdOf(id));
  };

  it('leaves the other classes what they have', () => {
    expect(of({ threshold: 0.3 }, new Map([[1, 0.85]]))).toEqual([0.85, 0.3]);
    const own = { [MODEL.hash]: { 1: 0.2, 2: 0.4 } };
    expect(of({ threshold: 'auto', own }, new Map([[1, 0.85]]))).toEqual([0.85, 0.4]);
    expect(of({ threshold: 'auto', own }, new Map())).toEqual([0.2, 0.4]);
  });
});
