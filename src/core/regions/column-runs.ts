import type { Size } from '../rect.js';
import type { Region } from '../types.js';
import { RegionBuilder } from './region.js';

/** Pixels from `from` on to before `to`. */
type Run = readonly [from: number, to: number];

/** Gathers runs of pixels in any order, also such as overlap, and makes a region of them all. */
export class ColumnRuns {
  private readonly columns = new Map<number, Run[]>();

  /** @param photo what lies outside it is left out; without it, nothing is */
  constructor(private readonly photo?: Size) {}

  /** Adds the pixels `from` <= y < `to` of a column of the photo. */
  add(x: number, from: number, to: number): void {
    const { photo } = this;
    const top = photo ? Math.max(0, from) : from;
    const bottom = photo ? Math.min(photo.height, to) : to;
    if (top >= bottom || (photo && (x < 0 || x >= photo.width))) return;
    const runs = this.columns.get(x);
    if (!runs) {
      this.columns.set(x, [[top, bottom]]);
      return;
    }
    // What is drawn mostly overlaps what was drawn just before.
    const last = runs.at(-1)!;
    if (top <= last[1] && last[0] <= bottom) {
      runs[runs.length - 1] = [Math.min(top, last[0]), Math.max(bottom, last[1])];
    } else runs.push([top, bottom]);
  }

  /** Undefined where there is no pixel. */
  build(): Region | undefined {
    const builder = new RegionBuilder();
    const columns = [...this.columns].sort(([a], [b]) => a - b);
    for (const [x, runs] of columns) for (const [from, to] of joined(runs)) builder.add(x, from, to);
    return builder.build();
  }
}

/** From top to bottom; what overlaps or touches becomes one. */
function joined(runs: readonly Run[]): readonly Run[] {
  if (runs.length === 1) return runs;
  const result: Run[] = [];
  for (const [from, to] of runs.toSorted(([a], [b]) => a - b)) {
    const last = result.at(-1);
    if (last && from <= last[1]) result[result.length - 1] = [last[0], Math.max(last[1], to)];
    else result.push([from, to]);
  }
  return result;
}
