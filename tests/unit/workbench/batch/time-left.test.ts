import { expect, test } from 'vitest';
import type { Inspection } from '../../../../src/core/types.js';
import type { PhotoState, QueueEntry } from '../../../../src/workbench/batch/photo-queue.js';
import { timeLeft } from '../../../../src/workbench/batch/time-left.js';
import { timeLeftSentence } from '../../../../src/workbench/messages/sentences.js';

let id = 0;
const entry = (state: PhotoState, total?: number): QueueEntry => ({
  id: ++id,
  name: '',
  input: new Blob(),
  state,
  ...(total === undefined ? {} : { inspection: { timing: { total } } as Inspection }),
});

test('nothing is promised before a photo is done', () => {
  expect(timeLeft([])).toBeUndefined();
  expect(timeLeft([entry('failed'), entry('running'), entry('waiting')])).toBeUndefined();
});

test('what waits and what runs take as long as the last photos did', () => {
  const slowStart = [60_000, 1000, 2000, 3000, 2000, 2000].map((time) => entry('done', time));
  const rest = [entry('running'), entry('cancelled'), entry('waiting'), entry('failed'), entry('waiting')];
  expect(timeLeft([...slowStart, ...rest])).toBe(3 * 2000);
  expect(timeLeft(slowStart)).toBe(0);
});

test('seconds in steps of five, then minutes', () => {
  expect(timeLeftSentence(100)).toBe('5 s left');
  expect(timeLeftSentence(41_000)).toBe('45 s left');
  expect(timeLeftSentence(150_000)).toBe('3 min left');
});
