/** What was done on this device, and how long it took: plain counts by day, kept in this browser and sent nowhere. */
import type { ErrorCode } from '../../core/errors.js';
import type { Inspection } from '../../core/types.js';

export const STAGES = ['decode', 'resample', 'infer', 'post', 'total'] as const;
export type Stage = (typeof STAGES)[number];

export interface Counts {
  /** Photos that were inspected. */
  readonly photos: number;
  /** Sums over those photos, ms. */
  readonly time: Readonly<Record<Stage, number>>;
  readonly errors: Readonly<Partial<Record<ErrorCode, number>>>;
}

export interface UsageDay extends Counts {
  /** `YYYY-MM-DD`, by the clock of this device. */
  readonly day: string;
}

/** What was counted before days were told apart. */
export interface EarlierCounts extends Counts {
  /** The first and the last of those days, `YYYY-MM-DD`. */
  readonly since: string;
  readonly until: string;
}

export interface Usage {
  /** The days on which there was something to count, the earliest first. */
  readonly days: readonly UsageDay[];
  readonly earlier?: EarlierCounts;
}

/** How many days are kept, today among them. */
export const DAYS_KEPT = 365;

export const NOTHING: Counts = {
  photos: 0,
  time: { decode: 0, resample: 0, infer: 0, post: 0, total: 0 },
  errors: {},
};

export const ofInspection = ({ timing }: Pick<Inspection, 'timing'>): Counts => ({
  ...NOTHING,
  photos: 1,
  time: timing,
});

export const ofError = (code: ErrorCode): Counts => ({ ...NOTHING, errors: { [code]: 1 } });

export function add(a: Counts, b: Counts): Counts {
  const errors = { ...a.errors };
  for (const [code, count] of errorCounts(b)) errors[code] = (errors[code] ?? 0) + count;
  const time = Object.fromEntries(STAGES.map((stage) => [stage, a.time[stage] + b.time[stage]]));
  return { photos: a.photos + b.photos, time: time as Record<Stage, number>, errors };
}

/** All of it, by day: what is of one day becomes one. */
export function byDay(counted: readonly UsageDay[]): readonly UsageDay[] {
  const days = new Map<string, UsageDay>();
  for (const one of counted) {
    const known = days.get(one.day);
    days.set(one.day, known ? { day: one.day, ...add(known, one) } : one);
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** All of it in one, and the first of its days, if there is any. */
export function totals({ days, earlier }: Usage): Counts & { readonly since?: string } {
  const since = earlier?.since ?? days[0]?.day;
  const all = [...(earlier ? [earlier] : []), ...days].reduce<Counts>(add, NOTHING);
  return { ...all, ...(since !== undefined && { since }) };
}

export const errorCounts = ({ errors }: Counts): [code: ErrorCode, count: number][] =>
  Object.entries(errors) as [ErrorCode, number][];

/** The calendar day of a moment, or so many days before it: `YYYY-MM-DD`, by the clock of this device. */
export function dayOf(moment: Date, before = 0): string {
  const [year, month, date] = [moment.getFullYear(), moment.getMonth(), moment.getDate()];
  // Noon is on the same day whether clocks were put forward or back in between.
  const day = new Date(year, month, date - before, 12);
  const digits = (part: number) => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${digits(day.getMonth() + 1)}-${digits(day.getDate())}`;
}
