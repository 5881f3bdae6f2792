import { expect, test } from 'vitest';
import { addMark, callGood, newLesson, addClass } from '../../../../src/workbench/lessons/lesson.js';
import { canLearn, nextStep } from '../../../../src/workbench/lessons/next-step.js';
import { teachingOf, type TeachingState } from '../../../../src/workbench/lessons/state.js';
import { learntAs } from './learnt.js';
import { failure } from '../failure.js';

const MARK = { x: 1, y: 1, width: 2, height: 2, counts: Uint32Array.of(0, 4) };

function taught(good: number, marked: number, more: Partial<TeachingState> = {}): TeachingState {
  let lesson = addClass(newLesson('caps'), 'dent');
  lesson = callGood(
    lesson,
    Array.from({ length: good }, (_, i) => i),
    true,
  );
  for (let i = 0; i < marked; i++) lesson = addMark(lesson, 100 + i, 1, MARK);
  return { ...teachingOf(lesson), ...more };
}

const here = { photos: 12, hasKeys: true };
const reason = (teaching: TeachingState, surroundings = here) => nextStep(teaching, surroundings).reason;
const LEARNT = learntAs();

test('one thing is to be done at a time, until the lesson can be learnt', () => {
  expect(reason(taught(0, 0), { photos: 0, hasKeys: true })).toBe('add-photos');
  expect(nextStep(taught(0, 0), here)).toEqual({ reason: 'first-good', params: { hasKeys: true } });
  expect(nextStep(taught(3, 0), here)).toEqual({ reason: 'more-good', params: { left: 2, hasKeys: true } });
  expect(reason(taught(5, 0))).toBe('first-mark');
  expect(nextStep(taught(9, 1), here)).toEqual({ reason: 'more-marks', params: { left: 2 } });
  expect(reason(taught(5, 3))).toBe('learn');
});

test('after learning, what was learnt is to be looked at, until the lesson has changed', () => {
  const progress = { phase: 'learning', done: 1, total: 2 } as const;
  expect(reason(taught(1, 1, { learning: { kind: 'learning', progress } }))).toBe('learning');
  expect(reason(taught(5, 3, { learning: LEARNT }))).toBe('look');
  expect(reason(taught(5, 3, { learning: LEARNT, isOutdated: true }))).toBe('learn-again');
  const learning = { kind: 'learning', progress, former: LEARNT } as const;
  expect(reason(taught(5, 3, { learning, isOutdated: true }))).toBe('look');
});

test('where it could not be learnt that is said, until the lesson has changed', () => {
  const learning = { kind: 'failed', error: failure('lesson-unusable', 'Why.') } as const;
  expect(reason(taught(5, 3, { learning }))).toBe('failed');
  expect(reason(taught(5, 2, { learning, isOutdated: true }))).toBe('more-marks');
});

test('it can be learnt as soon as something is said of a photo, and once at a time', () => {
  expect(canLearn(taught(0, 0))).toBe(false);
  expect(canLearn(taught(0, 1))).toBe(true);
  const progress = { phase: 'starting', done: 0, total: 1 } as const;
  expect(canLearn(taught(5, 3, { learning: { kind: 'learning', progress } }))).toBe(false);
});
