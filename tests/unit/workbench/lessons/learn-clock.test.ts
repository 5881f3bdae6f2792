import { expect, test } from 'vitest';
import { LearnClock } from '../../../../src/workbench/lessons/learn-clock.js';

test('what is left follows from what was done of the phase, by parts of a photo, too', () => {
  let now = 1000;
  const clock = new LearnClock(() => now);
  expect(clock.left('describing', 0, 4)).toBeUndefined();
  now += 500;
  expect(clock.left('describing', 0.5, 4)).toBe(3500);
  now += 1500;
  expect(clock.left('describing', 2, 4)).toBe(2000);
  // Photos that are known already are passed at once, and say nothing of the others.
  expect(clock.left('learning', 3, 8)).toBeUndefined();
  now += 100;
  expect(clock.left('learning', 4, 8)).toBe(400);
  expect(clock.left('learning', 8, 8)).toBe(0);
});
