/** Photos: what they are called where they have no name of their own, and what can be done with them. */
import { list } from './numbers.js';

/** How many photos ended in which way. */
export interface Outcome {
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** `48 done, 2 failed, 450 cancelled`, without those that are none. */
export function outcome({ done, failed, cancelled }: Outcome): string {
  const parts = [
    [done, 'done'],
    [failed, 'failed'],
    [cancelled, 'cancelled'],
  ] as const;
  return list(parts.flatMap(([photos, how]) => (photos > 0 ? `${photos} ${how}` : [])));
}

export const photos = {
  unnamed: ({ number }: { readonly number: number }) => `Photo ${number}`,
  /** The name of a file. `time`: `14.05.09`. */
  pasted: ({ time }: { readonly time: string }) => `pasted ${time}.png`,
  dropped: 'Dropped files',
  /** Of the control that files are chosen with. */
  files: 'Photos',
  drop: 'Drop to inspect',
  /** While a part of the program is fetched that somebody has asked for. */
  partAwaited: 'Loading …',

  /** `25 s left`, `3 min left`, of milliseconds; no more exact than it can be known. */
  timeLeft: (milliseconds: number): string => {
    const seconds = Math.max(1, Math.ceil(milliseconds / 5000)) * 5;
    return seconds < 90 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`;
  },
};
