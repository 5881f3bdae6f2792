/** Which photos are left out together. */
import { mulberry32, shuffled } from '../random.js';

/** From so many photos on, several are left out together. */
const MANY = 10;
const FOLDS = 5;

/** Under ten photos, or groups of them, each is left out by itself. */
export const oneByOneUnderTen = (groups: number): number => (groups < MANY ? groups : FOLDS);

/** Five times at most, where each time takes long. */
export const atMostFive = (groups: number): number => Math.min(groups, FOLDS);

/** A photo, as far as it matters for leaving it out. */
export interface FoldItem {
  /** Of the classes that are marked in it; empty where it is good. */
  readonly classes: readonly number[];
  /** Photos of one group stay together: they show the same. */
  readonly group: number;
}

/**
 * The fold of each photo, 0 up to, but not including, their number. Good photos, and those of each class, are spread over the folds as evenly as can be,
 * those of the rarest class first.
 *
 * @param foldCount of a number of groups, at most as many
 */
export function foldsOf(
  items: readonly FoldItem[],
  foldCount: (groups: number) => number,
  seed: number,
): number[] {
  const groups = new Map<number, number[]>();
  items.forEach(({ group }, i) => {
    groups.set(group, [...(groups.get(group) ?? []), i]);
  });
  const count = foldCount(groups.size);
  const folds = items.map(() => 0);
  let next = 0;
  for (const stratum of strata(items, [...groups.values()])) {
    for (const members of shuffled(stratum, mulberry32(seed + next))) {
      for (const i of members) folds[i] = next % count;
      next++;
    }
  }
  return folds;
}

/** Groups of one kind: by the rarest class that is marked in them; good ones last. */
function strata(items: readonly FoldItem[], groups: readonly (readonly number[])[]) {
  const classesOf = (members: readonly number[]) => new Set(members.flatMap((i) => items[i]!.classes));
  const photos = new Map<number, number>();
  for (const members of groups)
    for (const id of classesOf(members)) photos.set(id, (photos.get(id) ?? 0) + 1);
  const byRarity = [...photos].sort(([a, m], [b, n]) => m - n || a - b).map(([id]) => id);
  const left = new Set(groups);
  const taken = byRarity.map((id) => {
    const stratum = [...left].filter((members) => classesOf(members).has(id));
    for (const members of stratum) left.delete(members);
    return stratum;
  });
  return [...taken, [...left]];
}
