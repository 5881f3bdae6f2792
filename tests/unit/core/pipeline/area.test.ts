import { expect, it } from 'vitest';
import { areaWithin, clipArea } from '../../../../src/core/pipeline/area.js';
import type { Box } from '../../../../src/core/types.js';

const PHOTO = { width: 300, height: 200 };

it('takes every pixel that an area touches', () => {
  expect(clipArea([99.5, 50, 100, 60], PHOTO)).toEqual([99, 50, 101, 60]);
  expect(clipArea([-10, -10, 1000, 20], PHOTO)).toEqual([0, 0, 300, 10]);
  expect(areaWithin(undefined, PHOTO)).toEqual([0, 0, 300, 200]);
});

it.each([
  ['outside', [300, 0, 10, 10]],
  ['without extent', [0, 0, 0, 10]],
  ['of no numbers', [NaN, 0, 10, 10]],
  ['without an end', [0, 0, Infinity, 10]],
  ['of too few numbers', [0, 0, 10]],
  ['a number', 5],
  ['a rectangle as browsers give it', { x: 0, y: 0, width: 10, height: 10 }],
  ['words', ['0', '0', '10', '10']],
])('has none for one that is %s', (_, area) => {
  expect(clipArea(area as unknown as Box, PHOTO)).toBeUndefined();
  expect(() => areaWithin(area as unknown as Box, PHOTO)).toThrow(
    expect.objectContaining({ code: 'unsupported-image' }),
  );
});
