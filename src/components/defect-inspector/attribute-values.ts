/** What may stand in the attributes that a page's address may set, too. */
import { DETAILS } from '../../core/pipeline/detail.js';
import type { NotUnderstood } from '../../messages/text.js';
import { THEMES, VIEWS } from '../../workbench/state.js';

type Wanted = NotUnderstood['wanted'];

const ABOVE_0: Wanted = { kind: 'number' };
const FROM_1: Wanted = { kind: 'number', from: 1 };
const oneOf = (names: readonly string[]): Wanted => ({ kind: 'one-of', names });

const ATTRIBUTES: Readonly<Record<string, Wanted>> = {
  detail: oneOf(DETAILS),
  view: oneOf(VIEWS),
  theme: oneOf(THEMES),
  teaching: oneOf(['on', 'off']),
  threshold: { kind: 'number', to: 1, or: 'auto' },
  smallest: FROM_1,
  threads: FROM_1,
  'time-limit': ABOVE_0,
};

/** Names in attributes may be written in capitals, as in HTML. */
export const nameConverter = {
  fromAttribute: (value: string | null): string | null => value?.toLowerCase() ?? null,
};

/** What an attribute says that nobody can make sense of; undefined where there is nothing to say. */
export function misreadSetting(name: string, value: string | null): NotUnderstood | undefined {
  const wanted = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined;
  // Frameworks write an empty attribute for none.
  if (!wanted || value === null || value.trim() === '') return undefined;
  return isWanted(value.toLowerCase(), wanted) ? undefined : { name, value, wanted };
}

/** Where no limit is said, numbers that are too large are as near as can be. */
function isWanted(value: string, wanted: Wanted): boolean {
  if (wanted.kind === 'one-of') return wanted.names.includes(value);
  const number = Number(value);
  return (
    value === wanted.or || (number > 0 && number >= (wanted.from ?? 0) && number <= (wanted.to ?? Infinity))
  );
}
