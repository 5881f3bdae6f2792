/** The keyboard: one table for what keys do and for the dialog that lists them. */
import { workbench } from '../../messages/en/workbench.js';
import type { PlainCommand } from './commands.js';

export interface KeyRow {
  /** As they stand in the dialog. */
  readonly keys: readonly string[];
  readonly text: string;
  /** What each key does; those that an element handles by itself are only listed. */
  readonly does?: Readonly<Record<string, PlainCommand>>;
}

export const KEYS: readonly KeyRow[] = [
  { keys: ['J', 'K'], text: 'Next and previous defect', does: { j: 'defect.next', k: 'defect.previous' } },
  {
    keys: ['N', 'P'],
    text: 'Next and previous photo (arrow keys in the list)',
    does: { n: 'photo.next', PageDown: 'photo.next', p: 'photo.previous', PageUp: 'photo.previous' },
  },
  {
    keys: ['Z', 'Enter'],
    text: 'Zoom to the selected defect',
    does: { z: 'defect.zoom', Enter: 'defect.zoom' },
  },
  {
    keys: ['+', '−'],
    text: 'Zoom (or the wheel, with Ctrl where the page scrolls)',
    does: { '+': 'zoom.in', '=': 'zoom.in', '-': 'zoom.out' },
  },
  { keys: ['0'], text: 'Show all of the photo (or double click)', does: { 0: 'zoom.fit' } },
  { keys: ['1'], text: 'True size, one to one', does: { 1: 'zoom.actual' } },
  { keys: ['← ↑ ↓ →'], text: 'Move the photo, when it has the focus' },
  {
    keys: ['H', 'Space'],
    text: 'Hide the defects while held',
    does: { h: 'masks.hide', ' ': 'masks.hide' },
  },
  { keys: ['V'], text: 'Next view', does: { v: 'view.next' } },
  { keys: ['B', 'L'], text: 'Boxes, labels', does: { b: 'boxes.toggle', l: 'labels.toggle' } },
  {
    keys: ['[', ']'],
    text: 'Lower and raise the threshold',
    does: { '[': 'threshold.lower', ']': 'threshold.raise' },
  },
  { keys: ['A'], text: 'Automatic threshold', does: { a: 'threshold.auto' } },
  { keys: ['O'], text: 'Choose photos', does: { o: 'photos.choose' } },
  { keys: ['E'], text: 'Evaluate the model on annotated photos', does: { e: 'evaluation.open' } },
  { keys: ['Esc'], text: 'Deselect', does: { Escape: 'defect.select' } },
  {
    keys: ['Ctrl Z', 'Ctrl Y'],
    text: workbench.undoAndRedo,
    does: { 'Ctrl+z': 'edit.undo', 'Ctrl+Shift+z': 'edit.redo', 'Ctrl+y': 'edit.redo' },
  },
  { keys: ['?'], text: workbench.keys, does: { '?': 'dialog.keys' } },
];

/** A key and what is held with it, as browsers report it. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  /** Stands for Ctrl on a Mac. */
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const COMMANDS = new Map(KEYS.flatMap(({ does }) => Object.entries(does ?? {})));

/** What is undone when the key is let go. */
const WHEN_RELEASED: Partial<Record<PlainCommand, PlainCommand>> = { 'masks.hide': 'masks.show' };

export function commandOf(press: KeyPress): PlainCommand | undefined {
  if (press.altKey) return undefined;
  const key = nameOf(press.key);
  if (!press.ctrlKey && !press.metaKey) return COMMANDS.get(key);
  return COMMANDS.get(`Ctrl+${press.shiftKey ? 'Shift+' : ''}${key}`);
}

/** What the end of a key press asks for, whatever else is held by then. */
export function commandAfter({ key }: Pick<KeyPress, 'key'>): PlainCommand | undefined {
  const command = COMMANDS.get(nameOf(key));
  return command && WHEN_RELEASED[command];
}

const nameOf = (key: string): string => (key.length === 1 ? key.toLowerCase() : key);
