import { describe, expect, test } from 'vitest';
import type { Inspection } from '../../../../src/core/types.js';
import type { Detector, Estimate } from '../../../../src/detector/types.js';
import { text } from '../../../../src/messages/text.js';
import type { PhotoEntry } from '../../../../src/workbench/batch/photo-batch.js';
import { lookChoice } from '../../../../src/workbench/results/look-choice.js';
import { inspection } from '../fakes.js';

/** Tiles take a second each, and auto takes up to five of them: one for each thousand pixels of width. */
const detector: Pick<Detector, 'estimate'> = {
  estimate({ width }, { detail } = {}): Estimate {
    const tiles = Math.max(1, Math.ceil(width / 1000));
    const thorough: Estimate = { detail: 'thorough', planned: tiles, scale: 1, seconds: tiles };
    const fast: Estimate = { detail: 'fast', planned: 1, scale: 400 / width, seconds: 0.4 };
    if (detail === 'fast') return fast;
    if (detail === 'thorough') return thorough;
    if (width <= 1000) return fast;
    return tiles <= 5 ? thorough : { ...fast, limitedBy: 'time' };
  },
};

const entry = (id: number, width?: number): PhotoEntry => ({
  id,
  name: `${id}.png`,
  input: 'x',
  state: width === undefined ? 'waiting' : 'done',
  ...(width !== undefined && { output: sized(width) }),
});

const sized = (width: number): Inspection =>
  inspection('a.png', [], { image: { name: 'a.png', width, height: width, hash: '' } });

const choiceOf = (photos: readonly PhotoEntry[], looks = new Map()) =>
  lookChoice(photos, photos[0], detector, { detail: 'auto' }, looks);

const said = (width: number, detail: 'fast' | 'thorough' | 'auto') =>
  text.look.way(detail, choiceOf([entry(1, width)]).ways!);

describe('what a choice comes to', () => {
  test('is said with tiles, time and the smallest defect', () => {
    expect(said(4000, 'fast')).toBe('One view, under 1 s; defects under about 80 px can’t be seen');
    expect(said(4000, 'thorough')).toBe('4 tiles, about 4 s; defects under about 8 px can’t be seen');
  });

  test('of auto says what it does, and why', () => {
    expect(said(4000, 'auto')).toBe(
      'Thorough here: 4 tiles, about 4 s; defects under about 8 px can’t be seen',
    );
    expect(said(120_000, 'auto')).toBe(
      'Fast here, because thorough would take about 2 minutes; defects under about 2400 px can’t be seen',
    );
    expect(said(800, 'auto')).toBe('Fast here: one view is enough; defects under about 16 px can’t be seen');
  });

  test('where one view has the scale already, no tiles are promised', () => {
    expect(said(800, 'thorough')).toBe(
      'No tiles are needed: one view shows all there is to see; defects under about 8 px can’t be seen',
    );
  });

  test('is that of the area, where one is inspected', () => {
    const looks = new Map([[1, { area: [10, 10, 2000, 100] as const }]]);
    expect(choiceOf([entry(1, 9000)], looks).ways!.thorough.planned).toBe(2);
  });

  test('is unknown without the size of the photo or the model', () => {
    expect(choiceOf([entry(1)]).ways).toBeUndefined();
    expect(
      lookChoice([entry(1, 4000)], entry(1, 4000), undefined, { detail: 'auto' }, new Map()).ways,
    ).toBeUndefined();
  });
});

describe('the time for all photos', () => {
  test('is summed, photos of unknown size being as large as the others', () => {
    const { photos, secondsForAll } = choiceOf([entry(1, 2000), entry(2, 4000), entry(3), entry(4)]);
    expect(photos).toBe(4);
    expect(secondsForAll('thorough')).toBe(12);
    expect(secondsForAll('fast')).toBeCloseTo(1.6);
  });

  test('is unknown before any size is', () => {
    expect(choiceOf([entry(1), entry(2)]).secondsForAll('fast')).toBeUndefined();
  });
});
