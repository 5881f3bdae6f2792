import { expect, test } from 'vitest';
import {
  commandAfter,
  commandOf,
  KEYS,
  LESSON_KEYS,
  lessonCommandOf,
  type KeyPress,
} from '../../../../src/workbench/commands/keys.js';
import { LESSON_TOOLS } from '../../../../src/workbench/lessons/state.js';
import { fakePage } from '../fake-page.js';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});
const all = KEYS.flatMap(({ does }) => Object.entries(does ?? {}));

test('each key has one command, and that exists', () => {
  const { bench } = fakePage();
  expect(new Set(all.map(([key]) => key)).size).toBe(all.length);
  for (const [, command] of all) expect(() => bench.can(command)).not.toThrow();
});

test('letters do the same in upper case', () => {
  expect([commandOf(press('j'), true), commandOf(press('J', { shiftKey: true }), true)]).toEqual([
    'defect.next',
    'defect.next',
  ]);
  expect([commandOf(press('PageDown'), true), commandOf(press('?', { shiftKey: true }), true)]).toEqual([
    'photo.next',
    'dialog.keys',
  ]);
});

test('letters, digits and signs can be off; keys with a name work all the same', () => {
  for (const key of ['j', 'J', '0', '+', '[', '?']) expect(commandOf(press(key), false)).toBeUndefined();
  expect(['PageDown', 'Enter', 'Escape', ' '].map((key) => commandOf(press(key), false))).toEqual([
    'photo.next',
    'defect.zoom',
    'defect.select',
    'masks.hide',
  ]);
  expect(commandOf(press('z', { ctrlKey: true }), false)).toBe('edit.undo');
});

test('what the browser and the system use is left to them', () => {
  expect(commandOf(press('j', { ctrlKey: true }), true)).toBeUndefined();
  expect(commandOf(press('j', { metaKey: true }), true)).toBeUndefined();
  expect(commandOf(press('j', { altKey: true }), true)).toBeUndefined();
  expect(commandOf(press('F5'), true)).toBeUndefined();
});

test('Ctrl, or Cmd on a Mac, takes back and does again', () => {
  for (const held of [{ ctrlKey: true }, { metaKey: true }]) {
    expect(commandOf(press('z', held), true)).toBe('edit.undo');
    expect(commandOf(press('Z', { ...held, shiftKey: true }), true)).toBe('edit.redo');
    expect(commandOf(press('y', held), true)).toBe('edit.redo');
  }
  expect(commandOf(press('z', { ctrlKey: true, altKey: true }), true)).toBeUndefined();
});

test('releasing a key ends only what lasts while it is held', () => {
  expect([commandAfter({ key: 'H' }), commandAfter({ key: ' ' }), commandAfter({ key: 'j' })]).toEqual([
    'masks.show',
    'masks.show',
    undefined,
  ]);
});

test('while somebody teaches, letters choose tools and digits classes, where letters are keys', () => {
  expect(lessonCommandOf(press('B', { shiftKey: true }), true)).toEqual({
    command: 'lesson.tool',
    args: [{ tool: 'brush' }],
  });
  expect(lessonCommandOf(press('9'), true)).toEqual({
    command: 'lesson.class-number',
    args: [{ number: 9 }],
  });
  expect(lessonCommandOf(press('0'), true)).toBeUndefined();
  expect(lessonCommandOf(press('g'), false)).toBeUndefined();
  expect(lessonCommandOf(press('b', { ctrlKey: true }), true)).toBeUndefined();
});

test('each tool to mark with has a key', () => {
  const tools = LESSON_KEYS.flatMap(({ does }) => Object.values(does ?? {})).flatMap(({ args: [one] }) =>
    one && 'tool' in one ? [one.tool] : [],
  );
  expect(tools).toEqual(LESSON_TOOLS);
});
