import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../../../src/core/recipe/assess.js';
import { AUTOMATIC, recipeOf, type Recipe } from '../../../../src/core/recipe/recipe.js';
import type { OwnThresholds } from '../../../../src/core/recipe/recipe.js';
import { NO_REVIEW } from '../../../../src/core/review/review.js';

const MODEL = {
  hash: 'b'.repeat(64),
  classes: [
    { id: 1, name: 'pitting', threshold: 0.4 },
    { id: 2, name: 'crack', threshold: 0.7 },
    { id: 3, name: 'fray' },
  ],
};

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const detections = fc.array(fc.record({ classId: fc.integer({ min: 1, max: 4 }), score: fraction }), {
  maxLength: 30,
});
const recipes: fc.Arbitrary<Recipe> = fc.oneof(
  fc.constant(AUTOMATIC),
  fraction.map((threshold) => ({ threshold })),
  fc
    .record({ 1: fraction, 3: fraction })
    .map((own) => ({ threshold: 'auto' as const, own: { [MODEL.hash]: own } })),
);
const hidden = fc.uniqueArray(fc.integer({ min: 1, max: 4 })).map((ids) => new Set(ids));

describe('assess', () => {
  it('puts every detection in one place, in the order given', () => {
    fc.assert(
      fc.property(detections, recipes, hidden, (all, recipe, classes) => {
        const { reported, shown, hidden, below, thresholdOf } = assess(
          { model: MODEL, detections: all },
          recipe,
          NO_REVIEW,
          classes,
        );
        expect(all.filter((one) => reported.includes(one))).toEqual(reported);
        expect(all.filter((one) => !reported.includes(one))).toEqual(below);
        expect(reported.filter((one) => shown.includes(one))).toEqual(shown);
        expect(reported.filter((one) => !shown.includes(one))).toEqual(hidden);
        expect(hidden.every(({ classId }) => classes.has(classId))).toBe(true);
        expect(shown.some(({ classId }) => classes.has(classId))).toBe(false);
        expect(reported.every(({ classId, score }) => score >= thresholdOf(classId))).toBe(true);
        expect(below.every(({ classId, score }) => score < thresholdOf(classId))).toBe(true);
      }),
    );
  });

  it('numbers what is reported, skipping none, whatever is hidden', () => {
    fc.assert(
      fc.property(detections, recipes, hidden, (all, recipe, classes) => {
        const { reported, numbers } = assess({ model: MODEL, detections: all }, recipe, NO_REVIEW, classes);
        expect(reported.map((one) => numbers.get(one))).toEqual(reported.map((_, i) => i + 1));
      }),
    );
  });

  it('reports the same whatever is hidden', () => {
    fc.assert(
      fc.property(detections, recipes, hidden, (all, recipe, classes) => {
        const one = { model: MODEL, detections: all };
        expect(assess(one, recipe, NO_REVIEW, classes).reported).toEqual(assess(one, recipe).reported);
      }),
    );
  });

  it('takes a person’s own thresholds before the recommended ones, and those before .5', () => {
    const own: OwnThresholds = { [MODEL.hash]: { 1: 0.9 }, other: { 2: 0.1 } };
    const { thresholdOf } = assess({ model: MODEL, detections: [] }, { threshold: 'auto', own });
    expect([1, 2, 3, 9].map(thresholdOf)).toEqual([0.9, 0.7, 0.5, 0.5]);
    const forAll = assess({ model: MODEL, detections: [] }, { threshold: 0.2, own });
    expect([1, 2, 3, 9].map(forAll.thresholdOf)).toEqual([0.2, 0.2, 0.2, 0.2]);
  });
});

it('a threshold, or own ones, make a recipe', () => {
  expect(recipeOf('auto')).toEqual(AUTOMATIC);
  expect(recipeOf(0.3)).toEqual({ threshold: 0.3 });
  expect(recipeOf({ a: { 1: 0.2 } })).toEqual({ threshold: 'auto', own: { a: { 1: 0.2 } } });
});
