import { isSettled, type QueueEntry } from './photo-queue.js';

/** Recent photos say most about the next ones: the model may have been changed since the first. */
const RECENT = 5;

/** Milliseconds that the photos not yet settled will take, by the mean of the last ones done; undefined before any is. */
export function timeLeft(entries: readonly QueueEntry[]): number | undefined {
  const times = entries.flatMap(({ inspection }) => (inspection ? [inspection.timing.total] : []));
  const recent = times.slice(-RECENT);
  if (recent.length === 0) return undefined;
  const mean = recent.reduce((sum, time) => sum + time, 0) / recent.length;
  return mean * entries.filter((entry) => !isSettled(entry)).length;
}
