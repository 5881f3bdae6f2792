import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { History, type Edit } from '../../../src/workbench/history.js';

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

test('forgets what is too long ago', () => {
  const { history, type, text } = setUp();
  for (let i = 0; i < 40; i++) type('a');
  while (history.canUndo) history.undo();
  expect(text()).toHaveLength(10);
});

describe('removed photos', () => {
  const undone: string[] = [];
  const removal = (name: string, photos: number): Edit => ({
    photos,
    undo: () => undone.push(name),
    redo: () => undefined,
  });
  /** What can still be undone, the latest first. */
  const left = (history: History) => {
    undone.length = 0;
    while (history.canUndo) history.undo();
    return undone;
  };

  test('are kept up to a number, the latest of them whatever their number', () => {
    const history = new History();
    for (const [name, photos] of [
      ['a', 60],
      ['b', 0],
      ['c', 30],
      ['d', 20],
    ] as const) {
      history.add(removal(name, photos));
    }
    expect(left(history)).toEqual(['d', 'c', 'b']);
    history.add(removal('all', 5000));
    expect(left(history)).toEqual(['all']);
  });

  test('a large removal stays when something else is changed after it', () => {
    const history = new History();
    history.add(removal('all', 5000));
    history.add(removal('class', 0));
    expect(left(history)).toEqual(['class', 'all']);
  });

  test('are let go when other photos come and there are too many, or when told to', () => {
    const history = new History();
    history.add(removal('class', 0));
    history.add(removal('few', 3));
    history.add(removal('all', 5000));
    history.limitPhotos();
    expect(left(history)).toEqual(['class']);
    history.add(removal('few', 3));
    history.add(removal('class', 0));
    history.forgetPhotos();
    expect(left(history)).toEqual(['class']);
  });
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
