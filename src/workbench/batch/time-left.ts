/** Milliseconds that `remaining` items will take side by side in `lanes`, by the mean of the recent ones; undefined before any is done. */
export function timeLeft(recent: readonly number[], remaining: number, lanes = 1): number | undefined {
  if (recent.length === 0) return undefined;
  const mean = recent.reduce((sum, time) => sum + time, 0) / recent.length;
  return (mean * remaining) / Math.max(1, Math.min(lanes, remaining));
}
