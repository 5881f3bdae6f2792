/** The keyboard: one table for what keys do and for the dialog that lists them. */

export type Command =
  | 'next-defect'
  | 'previous-defect'
  | 'next-photo'
  | 'previous-photo'
  | 'zoom-to-defect'
  | 'zoom-in'
  | 'zoom-out'
  | 'fit'
  | 'true-size'
  | 'next-view'
  | 'boxes'
  | 'labels'
  | 'hide'
  | 'lower'
  | 'raise'
  | 'auto'
  | 'choose'
  | 'evaluate'
  | 'deselect'
  | 'help';

interface Key {
  readonly keys: readonly string[];
  readonly command: Command;
}

const KEYS: readonly Key[] = [
  { keys: ['j'], command: 'next-defect' },
  { keys: ['k'], command: 'previous-defect' },
  { keys: ['n', 'PageDown'], command: 'next-photo' },
  { keys: ['p', 'PageUp'], command: 'previous-photo' },
  { keys: ['z', 'Enter'], command: 'zoom-to-defect' },
  { keys: ['+', '='], command: 'zoom-in' },
  { keys: ['-'], command: 'zoom-out' },
  { keys: ['0'], command: 'fit' },
  { keys: ['1'], command: 'true-size' },
  { keys: ['v'], command: 'next-view' },
  { keys: ['b'], command: 'boxes' },
  { keys: ['l'], command: 'labels' },
  { keys: ['h', ' '], command: 'hide' },
  { keys: ['['], command: 'lower' },
  { keys: [']'], command: 'raise' },
  { keys: ['a'], command: 'auto' },
  { keys: ['o'], command: 'choose' },
  { keys: ['e'], command: 'evaluate' },
  { keys: ['Escape'], command: 'deselect' },
  { keys: ['?'], command: 'help' },
];

export const HELP: readonly { readonly keys: readonly string[]; readonly text: string }[] = [
  { keys: ['J', 'K'], text: 'Next and previous defect' },
  { keys: ['N', 'P'], text: 'Next and previous photo (arrow keys in the list)' },
  { keys: ['Z', 'Enter'], text: 'Zoom to the selected defect' },
  { keys: ['+', '−'], text: 'Zoom (or the wheel, with Ctrl where the page scrolls)' },
  { keys: ['0'], text: 'Show all of the photo (or double click)' },
  { keys: ['1'], text: 'True size, one to one' },
  { keys: ['← ↑ ↓ →'], text: 'Move the photo, when it has the focus' },
  { keys: ['H', 'Space'], text: 'Hide the defects while held' },
  { keys: ['V'], text: 'Next view' },
  { keys: ['B', 'L'], text: 'Boxes, labels' },
  { keys: ['[', ']'], text: 'Lower and raise the threshold' },
  { keys: ['A'], text: 'Automatic threshold' },
  { keys: ['O'], text: 'Choose photos' },
  { keys: ['E'], text: 'Evaluate the model on annotated photos' },
  { keys: ['Esc'], text: 'Deselect' },
];

/** What a key press asks for, unless it belongs to the control that has the focus. */
export function commandOf(event: KeyboardEvent): Command | undefined {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return undefined;
  const target = event.composedPath()[0];
  if (target instanceof Element && ownsKey(target, event.key)) return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return KEYS.find(({ keys }) => keys.includes(key))?.command;
}

function ownsKey(target: Element, key: string): boolean {
  if (target.closest('dialog')) return true;
  if (target.matches('textarea, select, [contenteditable], input:not([type="range"], [type="radio"])'))
    return true;
  if (key === ' ' || key === 'Enter') return target.matches('button, summary, a, input, tr');
  return target.matches('input') && /^(Page|Home|End)/.test(key);
}
