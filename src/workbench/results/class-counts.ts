import type { Detection } from '../../core/types.js';

/** How many there are of each class, the most frequent first. */
export function classCounts(detections: readonly Detection[]): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { className } of detections) counts.set(className, (counts.get(className) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name, count]) => ({ name, count }));
}
