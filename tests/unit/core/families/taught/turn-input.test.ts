import { describe, expect, it } from 'vitest';
import { turnInput } from '../../../../../src/core/families/taught/turn-input.js';

/** Four columns and three rows, of which three and two are the photo's; a pixel's red says which it is. */
const input = () => ({
  image: {
    type: 'uint8' as const,
    dims: [3, 4, 4],
    data: Uint8Array.from({ length: 48 }, (_, i) => (i % 4 === 0 ? i / 4 : 7)),
  },
});
const fit = { scale: 1, width: 3, height: 2, paddedWidth: 4, paddedHeight: 3 };
const turned = (isMirrored: boolean, isUpsideDown: boolean) => {
  const inputs = input();
  turnInput(inputs, fit, { isMirrored, isUpsideDown });
  expect([...inputs.image.data].filter((_, i) => i % 4 !== 0).every((one) => one === 7)).toBe(true);
  return [...inputs.image.data].filter((_, i) => i % 4 === 0);
};

describe('turnInput', () => {
  it('turns the photo, and leaves the padding where it is', () => {
    expect(turned(true, false)).toEqual([2, 1, 0, 3, 6, 5, 4, 7, 8, 9, 10, 11]);
    expect(turned(false, true)).toEqual([4, 5, 6, 3, 0, 1, 2, 7, 8, 9, 10, 11]);
    expect(turned(true, true)).toEqual([6, 5, 4, 3, 2, 1, 0, 7, 8, 9, 10, 11]);
  });
});
