import { expect, test } from 'vitest';
import type { Inspection } from '../../../../src/core/types.js';
import { saysMore } from '../../../../src/workbench/results/says-more.js';
import { inspection, MODEL } from '../fakes.js';

const WHOLE = { scale: 0.2, tiles: 1, planned: 1, detail: 'fast' } as const;
const IN_PART = { scale: 0.2, tiles: 2, planned: 24, detail: 'thorough' } as const;

const seen = (input: Partial<Inspection['input']>, model = MODEL): Inspection => {
  const made = inspection('part.png', [], { model });
  return { ...made, input: { ...made.input, ...input } };
};

test('what there is of a photo says more than nothing, and than fewer views of the same', () => {
  expect(saysMore(seen(IN_PART), undefined)).toBe(true);
  expect(saysMore(seen(IN_PART), seen(WHOLE))).toBe(true);
  expect(saysMore(seen({ ...IN_PART, tiles: 7 }), seen(IN_PART))).toBe(true);
  expect(saysMore(seen(IN_PART), seen(IN_PART))).toBe(false);
  expect(saysMore(seen(IN_PART), seen({ ...IN_PART, tiles: 7 }))).toBe(false);
});

test('it says less than all of what was seen more finely, in however few views', () => {
  const coarser = seen({ scale: 0.5, tiles: 4, planned: 4, detail: 'thorough' });
  expect(saysMore(seen({ ...IN_PART, tiles: 12 }), coarser)).toBe(false);
});

test('it says something else by another model, or of another part of the photo', () => {
  const area = [10, 20, 100, 50] as const;
  expect(saysMore(seen({ ...IN_PART, area }), seen(WHOLE))).toBe(false);
  expect(saysMore(seen(IN_PART), seen({ ...WHOLE, area }))).toBe(false);
  expect(saysMore(seen({ ...IN_PART, area }), seen({ ...WHOLE, area }))).toBe(true);
  expect(saysMore(seen(IN_PART), seen(WHOLE, { ...MODEL, hash: 'cd'.repeat(32) }))).toBe(false);
});
