/** What may stand in the attributes that a page's address may set, too. */
import { DETAILS } from '../../core/pipeline/detail.js';
import type { NotUnderstood } from '../../messages/text.js';
import { THEMES, VIEWS } from '../../workbench/state.js';

type Wanted = NotUnderstood['wanted'];

const NUMBER: Wanted = { kind: 'number' };
const oneOf = (names: readonly string[]): Wanted => ({ kind: 'one-of', names });

const ATTRIBUTES: Readonly<Record<string, Wanted>> = {
  detail: oneOf(DETAILS),
  view: oneOf(VIEWS),
  theme: oneOf(THEMES),
  teaching: oneOf(['on', 'off']),
  threshold: { kind: 'number', or: 'auto' },
  smallest: NUMBER,
  threads: NUMBER,
  'time-limit': NUMBER,
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

/** Numbers that are too large or too small are as near as can be. */
function isWanted(value: string, wanted: Wanted): boolean {
  if (wanted.kind === 'one-of') return wanted.names.includes(value);
  return value === wanted.or || Number(value) > 0;
}
