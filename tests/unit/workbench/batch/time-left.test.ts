import { expect, test } from 'vitest';
import { timeLeft } from '../../../../src/workbench/batch/time-left.js';
import { text } from '../../../../src/messages/text.js';

test('there is no estimate before a photo is done', () => {
  expect(timeLeft([], 0)).toBeUndefined();
  expect(timeLeft([], 2)).toBeUndefined();
});

test('what waits and what runs take as long as the last photos did', () => {
  const recent = [1000, 2000, 3000, 2000, 2000];
  expect(timeLeft(recent, 3)).toBe(3 * 2000);
  expect(timeLeft(recent, 0)).toBe(0);
});

test('photos side by side take less, but never less than one', () => {
  expect(timeLeft([2000], 8, 4)).toBe(4000);
  expect(timeLeft([2000], 1, 4)).toBe(2000);
});

test('seconds in steps of five, then minutes', () => {
  expect(text.photos.timeLeft(100)).toBe('5 s left');
  expect(text.photos.timeLeft(41_000)).toBe('45 s left');
  expect(text.photos.timeLeft(150_000)).toBe('3 min left');
});
