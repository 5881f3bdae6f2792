import { describe, expect, test } from 'vitest';
import { step, stopAt } from '../../../src/components/sheet/stops.js';

describe('the sheet', () => {
  test('steps between its heights and stops at the ends', () => {
    expect([step('peek', 1), step('half', 1), step('full', 1)]).toEqual(['half', 'full', 'full']);
    expect([step('peek', -1), step('half', -1), step('full', -1)]).toEqual(['peek', 'peek', 'half']);
  });

  test('comes to rest at the nearest height', () => {
    expect([0, 0.2, 0.4, 0.6, 0.8, 1].map(stopAt)).toEqual(['peek', 'peek', 'half', 'half', 'full', 'full']);
  });
});
