import { expect, it } from 'vitest';
import { lessonDoubts } from '../../../src/messages/lesson-text.js';

it.each([
  [2, 9, 'Mark at least three.'],
  [5, 4, 'Add at least five good ones.'],
  [0, 4, 'Add at least five good ones.'],
  [1, 2, 'Mark at least three, and add at least five good ones.'],
])('of %i marked photos and %i good ones it says what is lacking', (marked, good, lacking) => {
  const sentence = lessonDoubts['few-photos']({ marked, good });
  expect(sentence.endsWith(` ${lacking}`)).toBe(true);
});
