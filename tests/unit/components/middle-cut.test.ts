import { expect, test } from 'vitest';
import { splitName } from '../../../src/components/shared/middle-cut.js';

test('the number and the kind of file stay when a name is cut', () => {
  expect(splitName('Line 3 camera left 0042.jpg')).toEqual(['Line 3 camera left ', '0042.jpg']);
  expect(splitName('0042.jpg')).toEqual(['', '0042.jpg']);
  expect(splitName('')).toEqual(['', '']);
});

test('no character is cut in two', () => {
  expect(splitName('🔩🔩 7.jpeg').join('')).toBe('🔩🔩 7.jpeg');
  expect(splitName('a🔩1234.png')[1]).toBe('1234.png');
  expect(splitName('a🔩123.png')[1]).toBe('🔩123.png');
});
