/** The keyboard: one table for what keys do and for the dialog that lists them. */
import type { KeyHelp } from '../../messages/text.js';
import type { ArgsOf, CommandId, PlainCommand } from './commands.js';

export interface KeyRow {
  /** As they stand in the dialog. */
  readonly keys: readonly string[];
  /** What the dialog says that they do. */
  readonly help: KeyHelp;
  /** What each key does; those that an element handles by itself are only listed. */
  readonly does?: Readonly<Record<string, PlainCommand>>;
}

export const KEYS: readonly KeyRow[] = [
  { keys: ['J', 'K'], help: 'defects', does: { j: 'defect.next', k: 'defect.previous' } },
  {
    keys: ['N', 'P'],
    help: 'photos',
    does: { n: 'photo.next', PageDown: 'photo.next', p: 'photo.previous', PageUp: 'photo.previous' },
  },
  {
    keys: ['Z', 'Enter'],
    help: 'zoomToDefect',
    does: { z: 'defect.zoom', Enter: 'defect.zoom' },
  },
  {
    keys: ['+', '−'],
    help: 'zoom',
    does: { '+': 'zoom.in', '=': 'zoom.in', '-': 'zoom.out' },
  },
  { keys: ['0'], help: 'fit', does: { 0: 'zoom.fit' } },
  { keys: ['1'], help: 'actualSize', does: { 1: 'zoom.actual' } },
  { keys: ['F'], help: 'keepView', does: { f: 'zoom.keep' } },
  { keys: ['← ↑ ↓ →'], help: 'move' },
  {
    keys: ['H', 'Space'],
    help: 'hide',
    does: { h: 'masks.hide', ' ': 'masks.hide' },
  },
  { keys: ['V'], help: 'view', does: { v: 'view.next' } },
  { keys: ['B', 'L'], help: 'display', does: { b: 'boxes.toggle', l: 'labels.toggle' } },
  {
    keys: ['[', ']'],
    help: 'threshold',
    does: { '[': 'threshold.lower', ']': 'threshold.raise' },
  },
  { keys: ['A'], help: 'automatic', does: { a: 'threshold.auto' } },
  { keys: ['R', 'I'], help: 'area', does: { r: 'area.draw', i: 'area.view' } },
  { keys: ['O'], help: 'choose', does: { o: 'photos.choose' } },
  { keys: ['E'], help: 'evaluate', does: { e: 'evaluation.open' } },
  { keys: ['Esc'], help: 'deselect', does: { Escape: 'defect.select' } },
  {
    keys: ['Ctrl Z', 'Ctrl Y'],
    help: 'undo',
    does: { 'Ctrl+z': 'edit.undo', 'Ctrl+Shift+z': 'edit.redo', 'Ctrl+y': 'edit.redo' },
  },
  { keys: ['?'], help: 'keys', does: { '?': 'dialog.keys' } },
];

type LessonCommand = Extract<CommandId, `lesson.${string}`>;

/** A command and what it needs to know. */
export interface LessonKey {
  readonly command: LessonCommand;
  readonly args: ArgsOf<LessonCommand>;
}

const lessonKey = <Id extends LessonCommand>(command: Id, ...args: ArgsOf<Id>): LessonKey => ({
  command,
  args,
});

/** While somebody teaches these go before the others; what has no command here is done by what shows the photo. */
export const LESSON_KEYS: readonly (Omit<KeyRow, 'does'> & {
  readonly does?: Readonly<Record<string, LessonKey>>;
})[] = [
  {
    keys: ['M', 'B', 'E', 'P', 'R'],
    help: 'tools',
    does: {
      m: lessonKey('lesson.tool', { tool: 'move' }),
      b: lessonKey('lesson.tool', { tool: 'brush' }),
      e: lessonKey('lesson.tool', { tool: 'eraser' }),
      p: lessonKey('lesson.tool', { tool: 'polygon' }),
      r: lessonKey('lesson.tool', { tool: 'rectangle' }),
    },
  },
  { keys: ['[', ']'], help: 'brush' },
  {
    keys: ['1', '…', '9'],
    help: 'markClass',
    does: Object.fromEntries(
      Array.from({ length: 9 }, (_, i) => [
        String(i + 1),
        lessonKey('lesson.class-number', { number: i + 1 }),
      ]),
    ),
  },
  { keys: ['G'], help: 'good', does: { g: lessonKey('lesson.good') } },
  { keys: ['A'], help: 'accept' },
  { keys: ['L'], help: 'learn', does: { l: lessonKey('lesson.learn') } },
  { keys: ['← ↑ ↓ →', 'Enter'], help: 'crosshair' },
  { keys: ['Enter', '⌫', 'Esc'], help: 'polygon' },
  { keys: ['Space'], help: 'hand' },
  { keys: ['Del'], help: 'removeMark' },
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

const LESSON_COMMANDS = new Map(LESSON_KEYS.flatMap(({ does }) => Object.entries(does ?? {})));

/** Commands of held keys, and those that end them. */
const WHEN_RELEASED: Partial<Record<PlainCommand, PlainCommand>> = { 'masks.hide': 'masks.show' };

/** @param hasLetters whether letters, digits and signs are keys by themselves */
export function commandOf(press: KeyPress, hasLetters: boolean): PlainCommand | undefined {
  if (press.altKey) return undefined;
  const key = nameOf(press.key);
  if (!press.ctrlKey && !press.metaKey) return hasLetters || !isLetter(key) ? COMMANDS.get(key) : undefined;
  return COMMANDS.get(`Ctrl+${press.shiftKey ? 'Shift+' : ''}${key}`);
}

/** What a key does to the lesson that is taught; it is always a letter or a digit. */
export function lessonCommandOf(press: KeyPress, hasLetters: boolean): LessonKey | undefined {
  if (!hasLetters || press.altKey || press.ctrlKey || press.metaKey) return undefined;
  return LESSON_COMMANDS.get(nameOf(press.key));
}

/** The command to run when a key is released, whatever else is held by then. */
export function commandAfter({ key }: Pick<KeyPress, 'key'>): PlainCommand | undefined {
  const command = COMMANDS.get(nameOf(key));
  return command && WHEN_RELEASED[command];
}

/** What somebody who dictates would type by accident: letters, digits and signs, but no space. */
const isLetter = (key: string): boolean => key.length === 1 && key !== ' ';

const nameOf = (key: string): string => (key.length === 1 ? key.toLowerCase() : key);
