/** What may stand in the attributes that a page's address may set, too. */
import { DETAILS } from '../../core/pipeline/detail.js';
import type { NotUnderstood } from '../../messages/text.js';
import { THEMES } from '../../workbench/settings/theme.js';
import { VIEWS } from '../../workbench/state.js';

type Wanted = NotUnderstood['wanted'];

const FROM_1: Wanted = { kind: 'number', from: 1 };
const THREADS: Wanted = { kind: 'number', from: 1, to: 64, isWhole: true };
/** A day, in seconds. */
const TIME: Wanted = { kind: 'number', to: 86_400 };
const oneOf = (names: readonly string[]): Wanted => ({ kind: 'one-of', names });

const ATTRIBUTES: Readonly<Record<string, Wanted>> = {
  detail: oneOf(DETAILS),
  view: oneOf(VIEWS),
  theme: oneOf(THEMES),
  teaching: oneOf(['on', 'off']),
  threshold: { kind: 'number', to: 1, or: 'auto' },
  smallest: FROM_1,
  threads: THREADS,
  'time-limit': TIME,
};

/** Names in attributes may be written in capitals, as in HTML. */
export const nameConverter = {
  fromAttribute: (value: string | null): string | null => value?.toLowerCase() ?? null,
};

/** A number as far as it is understood, undefined else. */
export const numberConverter = (name: string) => ({
  fromAttribute: (value: string | null): number | undefined =>
    !value?.trim() || misreadSetting(name, value) ? undefined : Number(value),
});

/** What an attribute says that nobody can make sense of; undefined where there is nothing to say. */
export function misreadSetting(name: string, value: string | null): NotUnderstood | undefined {
  const wanted = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined;
  // Frameworks write an empty attribute for none.
  if (!wanted || value === null || value.trim() === '') return undefined;
  return isWanted(value.toLowerCase(), wanted) ? undefined : { name, value, wanted };
}

function isWanted(value: string, wanted: Wanted): boolean {
  if (wanted.kind === 'one-of') return wanted.names.includes(value);
  const number = Number(value);
  if (value === wanted.or) return true;
  const isInside = number > 0 && number >= (wanted.from ?? 0) && number <= (wanted.to ?? Number.MAX_VALUE);
  return isInside && (!wanted.isWhole || Number.isInteger(number));
}
