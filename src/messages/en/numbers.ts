/** How English writes numbers. */
const LOCALE = 'en-GB';

const plurals = new Intl.PluralRules(LOCALE);
const alternatives = new Intl.ListFormat(LOCALE, { type: 'disjunction' });
const lists = new Intl.ListFormat(LOCALE, { type: 'unit', style: 'short' });

/** `1 photo`, `2 photos`. */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${value} ${pick(value, one, many)}`;

const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });

/** `50,000`. */
export const grouped = (value: number): string => whole.format(value);

/** The form of a word, or of more than a word, that goes with a number. */
export const pick = (value: number, one: string, many: string): string =>
  plurals.select(value) === 'one' ? one : many;

const formats = new Map<number, Intl.NumberFormat>();

/** With so many digits behind the point, and without separators between thousands, as measures are written. */
export function fixed(value: number, digits: number): string {
  let format = formats.get(digits);
  if (!format) {
    format = new Intl.NumberFormat(LOCALE, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: false,
    });
    formats.set(digits, format);
  }
  return format.format(value);
}

/** `a, b or c`. */
export const either = (words: readonly string[]): string => alternatives.format(words);

/** `a, b, c`. */
export const list = (words: readonly string[]): string => lists.format(words);

/** `4.6`, of bytes. */
/** So many files are named. */
const NAMED = 5;

/** Names of files: the first of them, where there are many. */
export const named = (names: readonly string[]): string =>
  names.length > NAMED
    ? `${list(names.slice(0, NAMED))} and ${count(names.length - NAMED, 'other')}`
    : list(names);

export const megabytes = (bytes: number): string => fixed(bytes / 1e6, 1);

/** `4.6 MB`, `1.2 GB`. */
export const fileSize = (bytes: number): string =>
  bytes < 1e9 ? `${megabytes(bytes)} MB` : `${fixed(bytes / 1e9, 1)} GB`;

/** Milliseconds up to a second, then seconds: `260 ms`, `1.2 s`. */
export const duration = (milliseconds: number): string =>
  milliseconds < 1000 ? `${fixed(milliseconds, 0)} ms` : `${fixed(milliseconds / 1000, 1)} s`;

/** How long something was waited for, of milliseconds: `45 seconds`, `2 minutes`. */
export const patience = (milliseconds: number): string =>
  milliseconds < 100_000
    ? count(Math.max(1, Math.round(milliseconds / 1000)), 'second')
    : count(Math.round(milliseconds / 60_000), 'minute');

/** How long something may take, of seconds, no more exact than it can be known: `9 s`, `2 minutes`. */
export const estimate = (seconds: number): string => {
  if (seconds < 1) return 'under 1 s';
  if (seconds < 90) return `about ${fixed(seconds, 0)} s`;
  return `about ${count(Math.round(seconds / 60), 'minute')}`;
};

/** A score or a threshold: `0.42`. */
export const score = (value: number): string => fixed(value, 2);

/** A length in pixels; tenths count only in small ones: `4.2`, `42`. */
export const pixels = (value: number): string => fixed(value, value < 10 ? 1 : 0);

/** `1600 × 1200 px`. */
export const size = ({ width, height }: { readonly width: number; readonly height: number }): string =>
  `${fixed(width, 0)} × ${fixed(height, 0)} px`;
