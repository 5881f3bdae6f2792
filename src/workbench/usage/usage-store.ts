import type { ErrorCode, Inspection } from '../../index.js';

/** What was done on this device, and how long it took; kept in this browser and sent nowhere. */
export interface Usage {
  readonly since: string;
  readonly photos: number;
  /** Sums in milliseconds per stage. */
  readonly time: Readonly<Record<Stage, number>>;
  readonly errors: Readonly<Partial<Record<ErrorCode, number>>>;
}

export const STAGES = ['decode', 'resample', 'infer', 'post', 'total'] as const;
export type Stage = (typeof STAGES)[number];

const KEY = 'defect-inspector:usage';

export function noUsage(now: Date = new Date()): Usage {
  const time = { decode: 0, resample: 0, infer: 0, post: 0, total: 0 };
  return { since: now.toISOString().slice(0, 10), photos: 0, time, errors: {} };
}

export function countInspection(usage: Usage, { timing }: Pick<Inspection, 'timing'>): Usage {
  const time = Object.fromEntries(STAGES.map((stage) => [stage, usage.time[stage] + timing[stage]]));
  return { ...usage, photos: usage.photos + 1, time: time as Record<Stage, number> };
}

export function countError(usage: Usage, code: ErrorCode): Usage {
  return { ...usage, errors: { ...usage.errors, [code]: (usage.errors[code] ?? 0) + 1 } };
}

/** What was stored, or nothing where storage is denied, empty or of another shape. */
export function loadUsage(storage: () => Storage): Usage {
  try {
    const stored = JSON.parse(storage().getItem(KEY) ?? 'null') as Partial<Usage> | null;
    const isWhole =
      stored !== null &&
      typeof stored.since === 'string' &&
      Number.isFinite(stored.photos) &&
      typeof stored.errors === 'object' &&
      STAGES.every((stage) => Number.isFinite(stored.time?.[stage]));
    return isWhole ? (stored as Usage) : noUsage();
  } catch {
    return noUsage();
  }
}

export function saveUsage(usage: Usage, storage: () => Storage): void {
  try {
    storage().setItem(KEY, JSON.stringify(usage));
  } catch {
    // Denied or full: the figures last until the page is closed.
  }
}
