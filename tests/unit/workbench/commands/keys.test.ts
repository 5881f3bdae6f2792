import { expect, test } from 'vitest';
import { commandAfter, commandOf, KEYS, type KeyPress } from '../../../../src/workbench/commands/keys.js';
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
  expect([commandOf(press('j')), commandOf(press('J', { shiftKey: true }))]).toEqual([
    'defect.next',
    'defect.next',
  ]);
  expect([commandOf(press('PageDown')), commandOf(press('?', { shiftKey: true }))]).toEqual([
    'photo.next',
    'dialog.keys',
  ]);
});

test('what the browser and the system use is left to them', () => {
  expect(commandOf(press('j', { ctrlKey: true }))).toBeUndefined();
  expect(commandOf(press('j', { metaKey: true }))).toBeUndefined();
  expect(commandOf(press('j', { altKey: true }))).toBeUndefined();
  expect(commandOf(press('F5'))).toBeUndefined();
});

test('Ctrl, or Cmd on a Mac, takes back and does again', () => {
  for (const held of [{ ctrlKey: true }, { metaKey: true }]) {
    expect(commandOf(press('z', held))).toBe('edit.undo');
    expect(commandOf(press('Z', { ...held, shiftKey: true }))).toBe('edit.redo');
    expect(commandOf(press('y', held))).toBe('edit.redo');
  }
  expect(commandOf(press('z', { ctrlKey: true, altKey: true }))).toBeUndefined();
});

test('releasing a key ends only what lasts while it is held', () => {
  expect([commandAfter({ key: 'H' }), commandAfter({ key: ' ' }), commandAfter({ key: 'j' })]).toEqual([
    'masks.show',
    'masks.show',
    undefined,
  ]);
});
