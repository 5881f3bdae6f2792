import { expect, test } from 'vitest';
import { checkInPixels } from '../../../../src/core/families/output.js';

test('boxes of all places that lie in one pixel are fractions of the photo', () => {
  const boxes = Float32Array.from({ length: 40 }, (_, i) => i / 40);
  expect(() => checkInPixels(boxes)).toThrow('fractions of the photo');
  expect(() => checkInPixels(boxes.map((value) => value * 320))).not.toThrow();
  expect(() => checkInPixels(new Float32Array(40))).not.toThrow();
});
