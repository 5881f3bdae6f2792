/** The score from which on cells belong to regions, by what comes of it on photos that were left out. */
import { chooseThreshold, photoCurve } from './thresholds.js';
import type { LeftOut } from './touching.js';

/** Levels that are tried: as much of the marked area lies below each. */
const LEVELS = 12;
const [LOWEST, HIGHEST] = [0.05, 0.8];
/** A level may cost this much of the best F1 if its outlines are better. */
const SLACK = 0.02;

/**
 * The levels that are worth trying, rising: quantiles of the logits inside marks.
 *
 * @param logits of cells, in any order
 * @param marked per cell its marked area; of some, more than 0
 */
export function candidateLevels(logits: Float64Array, marked: Float64Array): number[] {
  const order = Uint32Array.from(logits.keys())
    .filter((cell) => marked[cell]! > 0)
    .sort((a, b) => logits[a]! - logits[b]!);
  const total = marked.reduce((sum, area) => sum + area, 0);
  const levels = new Set<number>();
  let [next, below] = [0, 0];
  for (let i = 0; i < LEVELS; i++) {
    const wanted = total * (LOWEST + ((HIGHEST - LOWEST) * i) / (LEVELS - 1));
    while (below + marked[order[next]!]! < wanted && next < order.length - 1)
      below += marked[order[next++]!]!;
    levels.add(logits[order[next]!]!);
  }
  return [...levels];
}

/** What a level leads to on the photos that were left out. */
export interface TriedLevel {
  readonly level: number;
  readonly photos: readonly LeftOut[];
}

/**
 * Of the levels whose best F1 over photos is within a little of the highest, the one whose regions agree best with the marks. Asking for F1 alone with
 * "touches a mark" as a hit would choose levels at which half of a photo is one region.
 *
 * @param tried at least one
 * @param floor 0..1: there are no regions with a lower score
 */
export function bestLevel(tried: readonly TriedLevel[], floor: number): TriedLevel {
  const worth = tried.map(({ photos }) => chooseThreshold(photoCurve(photos), floor)?.f1 ?? 0);
  const least = Math.max(...worth) - SLACK;
  const good = tried.filter((_, i) => worth[i]! >= least);
  return good.reduce((a, b) => (outlineIou(b) > outlineIou(a) ? b : a));
}

/** Summed intersection over summed union, on the photos with marks. */
function outlineIou({ photos }: TriedLevel): number {
  const marked = photos.filter(({ isMarked }) => isMarked);
  const united = marked.reduce((sum, photo) => sum + photo.united, 0);
  return united > 0 ? marked.reduce((sum, photo) => sum + photo.shared, 0) / united : 0;
}
