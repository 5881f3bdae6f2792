import type { KindName } from './kind.js';

/** Seeds of cases that once failed, each with what was wrong. They are part of every run. */
export const KEPT: Partial<Record<KindName, readonly (readonly [seed: number, was: string])[]>> = {
  pictures: [[2989, 'a bitmap that ends before the length of its header']],
};

/** Kept seeds first, then `count` seeds from `first` on. */
export function seedsOf(kind: KindName, count: number, first = 1): number[] {
  const kept = (KEPT[kind] ?? []).map(([seed]) => seed);
  return [...new Set([...kept, ...Array.from({ length: count }, (_, i) => first + i)])];
}
