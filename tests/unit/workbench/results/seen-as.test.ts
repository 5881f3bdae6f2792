import { describe, expect, test } from 'vitest';
import type { Inspection } from '../../../../src/core/types.js';
import type { Look } from '../../../../src/detector/look.js';
import type { Detector, Estimate } from '../../../../src/detector/types.js';
import { isSeenAs, noteAsked } from '../../../../src/workbench/results/seen-as.js';
import { inspection, MODEL } from '../fakes.js';

const FAST = { detail: 'fast', planned: 1, scale: 0.1 } as const;
const THOROUGH = { detail: 'thorough', planned: 24, scale: 1 } as const;

/** @param auto what it chooses now */
const detector = (auto: Estimate = THOROUGH): Pick<Detector, 'model' | 'estimate'> => ({
  model: MODEL,
  estimate: (_, { detail } = {}) => (detail === 'fast' ? FAST : detail === 'thorough' ? THOROUGH : auto),
});

const seen = (input: Partial<Inspection['input']>): Inspection => {
  const made = inspection();
  return { ...made, input: { ...made.input, ...input } };
};
const isSeen = (input: Partial<Inspection['input']>, look: Look, auto?: Estimate) =>
  isSeenAs(seen(input), detector(auto), look);

describe('a photo is seen as it would be', () => {
  test('by the same views at the same scale', () => {
    expect(isSeen({ ...THOROUGH, tiles: 24 }, { detail: 'thorough' })).toBe(true);
    expect(isSeen({ ...FAST, tiles: 1 }, { detail: 'thorough' })).toBe(false);
    expect(isSeen({ ...THOROUGH, tiles: 24 }, { detail: 'fast' })).toBe(false);
    expect(isSeen({ ...THOROUGH, scale: 0.5, tiles: 24 }, { detail: 'thorough' })).toBe(false);
  });

  test('in part: what is missing was cancelled, not set otherwise', () => {
    expect(isSeen({ ...THOROUGH, tiles: 7 }, { detail: 'auto' })).toBe(true);
    expect(isSeen({ ...THOROUGH, tiles: 7 }, { detail: 'fast' })).toBe(false);
  });

  test('where tiles were given up, as long as tiles are asked for', () => {
    const givenUp = { ...FAST, tiles: 1, limitedBy: 'memory' } as const;
    expect(isSeen(givenUp, { detail: 'auto' })).toBe(true);
    expect(isSeen(givenUp, { detail: 'thorough' })).toBe(true);
    expect(isSeen(givenUp, { detail: 'fast' })).toBe(false);
  });

  test('whatever time tiles are thought to take by now', () => {
    const limited = { ...FAST, limitedBy: 'time' } as const;
    expect(isSeen({ ...THOROUGH, tiles: 24 }, { detail: 'auto' }, limited)).toBe(true);
    expect(isSeen({ ...limited, tiles: 1 }, { detail: 'auto' }, THOROUGH)).toBe(true);
    expect(isSeen({ ...limited, tiles: 1 }, { detail: 'thorough' })).toBe(false);
    // Which area it was is another matter.
    expect(isSeen({ ...limited, tiles: 1 }, { detail: 'auto', area: [0, 0, 9, 9] }, limited)).toBe(false);
  });
});

test('a detector that cannot tell how it would see a photo is taken by the detail', () => {
  const planless = { model: MODEL };
  const thorough = seen({ ...THOROUGH, tiles: 24 });
  expect(isSeenAs(thorough, planless, { detail: 'auto' })).toBe(true);
  expect(isSeenAs(thorough, planless, { detail: 'thorough' })).toBe(true);
  expect(isSeenAs(thorough, planless, { detail: 'fast' })).toBe(false);
});

test('a photo that there was no time for is seen otherwise once something else is asked for that there is time for', () => {
  const limited = { ...FAST, tiles: 1, limitedBy: 'time' } as const;
  const one = seen(limited);
  noteAsked(one, { detail: 'auto', smallest: 12 });
  expect(isSeenAs(one, detector(THOROUGH), { detail: 'auto', smallest: 12 })).toBe(true);
  expect(isSeenAs(one, detector(THOROUGH), { detail: 'auto', smallest: 24 })).toBe(false);
  expect(isSeenAs(one, detector({ ...FAST, limitedBy: 'time' }), { detail: 'auto', smallest: 6 })).toBe(true);
  expect(isSeenAs(one, detector(FAST), { detail: 'auto', smallest: 200 })).toBe(true);
});
