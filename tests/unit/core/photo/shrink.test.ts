import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shrink } from '../../../../src/core/photo/shrink.js';
import { memorySource } from '../../../../src/core/pipeline/pixels.js';

/** A photo whose red is 10 x + y, opaque nowhere. */
const photo = (width: number, height: number) => {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) data[i * 4] = 10 * (i % width) + Math.floor(i / width);
  return memorySource({ data, width, height });
};
const reds = (data: Uint8ClampedArray) => [...data.filter((_, i) => i % 4 === 0)];

it('gives the mean of each square, of fewer pixels at the edges, and opaque', () => {
  const { data, width, height } = shrink(photo(5, 3), { x: 0, y: 0, width: 5, height: 3 }, 2);
  expect([width, height]).toEqual([3, 2]);
  // Rounded to the even one of two.
  expect(reds(data)).toEqual([6, 26, 40, 7, 27, 42]);
  expect(data.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
});

it('leaves a part as it is where a step is a pixel', () => {
  const { data } = shrink(photo(6, 6), { x: 1, y: 2, width: 2, height: 2 }, 1);
  expect(reds(data)).toEqual([12, 22, 13, 23]);
});

it('gives the same whether it is read in one band or in many', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (width, height) => {
      const whole = photo(width, height);
      const rect = { x: 0, y: 0, width, height };
      const bands: number[] = [];
      const counted = {
        ...whole,
        read: (...at: Parameters<typeof whole.read>) => (bands.push(at[3]), whole.read(...at)),
      };
      const { data } = shrink(counted, rect, 4);
      expect(bands.reduce((sum, rows) => sum + rows, 0)).toBe(height);
      const lower = Math.floor(height / 2 / 4) * 4;
      const part = shrink(whole, { ...rect, y: lower, height: height - lower }, 4);
      expect(reds(data).slice((lower / 4) * Math.ceil(width / 4))).toEqual(reds(part.data));
    }),
  );
});
