/** How well scores tell what is marked from what is not. */
import { logit } from '../logit.js';

/**
 * The chance that one of `bad` scores higher than one of `good`; ties count half (Hanley and McNeil, Radiology 143, 1982). NaN where
 * either is empty.
 */
export function auroc(bad: readonly number[], good: readonly number[]): number {
  const sorted = [...good].sort((a, b) => a - b);
  let sum = 0;
  for (const score of bad) sum += (countBelow(sorted, score, false) + countBelow(sorted, score, true)) / 2;
  return sum / (bad.length * good.length);
}

/** How many of rising numbers are less than `value`, or as much. */
function countBelow(sorted: readonly number[], value: number, orEqual: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = sorted[middle]!;
    if (one < value || (orEqual && one === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const BINS = 1 << 16;
/** Scores further out than that in their logit are taken for as far: float32 hardly tells them apart. */
const END = 21;

/** Any number of scored areas, of which nothing is kept but how much has which score: in bins that are even in the score's logit. */
export class Ranking {
  private readonly marked = new Float64Array(BINS);
  private readonly rest = new Float64Array(BINS);

  /**
   * @param score 0..1
   * @param marked how much of what has this score is marked, and `rest`, how much is not: areas of any one unit
   */
  add(score: number, marked: number, rest: number): void {
    const place = (Math.max(-END, Math.min(END, logit(score))) / END + 1) / 2;
    const bin = Math.round(place * (BINS - 1));
    this.marked[bin]! += marked;
    this.rest[bin]! += rest;
  }

  /** 0..1; scores of one bin count as ties. NaN where nothing, or all, is marked. */
  auroc(): number {
    let [below, marked, area] = [0, 0, 0];
    for (let bin = 0; bin < BINS; bin++) {
      area += this.marked[bin]! * (below + this.rest[bin]! / 2);
      below += this.rest[bin]!;
      marked += this.marked[bin]!;
    }
    return area / (marked * below);
  }

  /** The sum of steps of recall times precision, 0..1. NaN where nothing is marked. */
  averagePrecision(): number {
    let [hits, seen, sum] = [0, 0, 0];
    for (let bin = BINS - 1; bin >= 0; bin--) {
      const step = this.marked[bin]!;
      hits += step;
      seen += step + this.rest[bin]!;
      if (step > 0) sum += step * (hits / seen);
    }
    return sum / hits;
  }
}
