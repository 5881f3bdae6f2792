/** Evenly spaced ones of a list: some datasets are ordered by class. */
export function evenly<T>(items: readonly T[], limit: number): readonly T[] {
  if (limit >= items.length) return items;
  return Array.from({ length: limit }, (_, i) => items[Math.floor((i * items.length) / limit)]!);
}
