/** What a lesson has come to, as if it had been learnt. */
import { newLesson } from '../../../../src/workbench/lessons/lesson.js';
import type { Learnt } from '../../../../src/workbench/lessons/state.js';

export const learntAs = (more: Partial<Learnt> = {}): Learnt => ({
  kind: 'learnt',
  figures: { marked: 3, good: 5, found: 3, falseAlarms: 0, folds: 5 },
  doubts: [],
  seconds: 2,
  model: new File(['x'], 'caps.onnx'),
  hash: 'ab'.repeat(32),
  lines: { threshold: 0.5, calibration: { slope: 1, offset: 0 } },
  lesson: newLesson('caps'),
  ...more,
});
