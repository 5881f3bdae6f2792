import { expect, test } from 'vitest';
import { Loans } from '../../../../src/workbench/models/loans.js';
import { FakeDetector } from '../fakes.js';

test('a detector goes at once where nobody has borrowed it', () => {
  const detector = new FakeDetector();
  new Loans().dispose(detector);
  expect(detector.isDisposed).toBe(true);
});

test('a detector that its owner is done with goes when the last has given it back, once', () => {
  const detector = new FakeDetector();
  const loans = new Loans();
  const [one, two] = [loans.lend(detector), loans.lend(detector)];
  loans.dispose(detector);
  one.giveBack();
  one.giveBack();
  expect(detector.isDisposed).toBe(false);
  two.giveBack();
  expect(detector.isDisposed).toBe(true);
});

test('a detector that is given back stays with its owner', () => {
  const detector = new FakeDetector();
  const loans = new Loans();
  loans.lend(detector).giveBack();
  expect(detector.isDisposed).toBe(false);
  loans.dispose(detector);
  expect(detector.isDisposed).toBe(true);
});
