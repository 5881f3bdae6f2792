import fc from 'fast-check';
import { expect, test } from 'vitest';
import { History } from '../../../src/workbench/history.js';

/** Edits of a text that append one letter each. */
function setUp() {
  const history = new History();
  let text = '';
  const type = (letter: string) => {
    const add = () => (text += letter);
    add();
    history.add({ undo: () => (text = text.slice(0, -1)), redo: add });
  };
  return { history, type, text: () => text };
}

test('takes back and does again, in order, until something else is done', () => {
  const { history, type, text } = setUp();
  expect([history.canUndo, history.canRedo]).toEqual([false, false]);
  for (const letter of 'abc') type(letter);
  history.undo();
  history.undo();
  expect(text()).toBe('a');
  history.redo();
  expect(text()).toBe('ab');
  type('x');
  expect(history.canRedo).toBe(false);
  history.redo();
  expect(text()).toBe('abx');
});

test('forgets what is too long ago, and everything when told to', () => {
  const { history, type, text } = setUp();
  for (let i = 0; i < 40; i++) type('a');
  while (history.canUndo) history.undo();
  expect(text()).toHaveLength(10);
  history.clear();
  expect(history.canRedo).toBe(false);
});

test('undoing and redoing equally often brings the same state back', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b'), { maxLength: 30 }), fc.nat(30), (letters, times) => {
      const { history, type, text } = setUp();
      for (const letter of letters) type(letter);
      for (let i = 0; i < times; i++) history.undo();
      expect(text()).toBe(letters.slice(0, Math.max(0, letters.length - times)).join(''));
      for (let i = 0; i < times; i++) history.redo();
      expect(text()).toBe(letters.join(''));
    }),
  );
});
