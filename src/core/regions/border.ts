/** The border of a region, exactly along the edges of its pixels: what a person sees of it at any zoom. */
import type { Region } from '../types.js';
import { RegionColumns } from './region-sets.js';
import { RingBuilder } from './ring-builder.js';

type Corner = readonly [x: number, y: number];
type Run = readonly [from: number, to: number];

/**
 * @returns closed rings `[x0, y0, x1, y1, ...]` in photo pixels, of whole numbers: outer ones clockwise on screen, holes the other
 *   way. By the even-odd rule they enclose the region's pixels and no others.
 */
export function borderOf(region: Region): Float32Array[] {
  const columns = new RegionColumns(region);
  const edges = new Edges();
  const runsOf = (x: number): readonly Run[] => {
    const runs: Run[] = [];
    columns.visitColumn(x, (from, to) => runs.push([from, to]));
    return runs;
  };
  let before: readonly Run[] = [];
  for (let x = region.x; x <= region.x + region.width; x++) {
    const runs = runsOf(x);
    for (const [from, to] of runs) {
      edges.add([x, from], [x + 1, from]);
      edges.add([x + 1, to], [x, to]);
    }
    // Between a column and the one before runs what only one of them holds.
    for (const [from, to] of without(before, runs)) edges.add([x, from], [x, to]);
    for (const [from, to] of without(runs, before)) edges.add([x, to], [x, from]);
    before = runs;
  }
  return edges.rings();
}

/** The rows of some runs that others don't hold; both from top to bottom. */
function* without(runs: readonly Run[], others: readonly Run[]): Iterable<Run> {
  for (const [from, to] of runs) {
    let begin = from;
    for (const [top, bottom] of others) {
      if (bottom <= begin || top >= to) continue;
      if (top > begin) yield [begin, top];
      begin = bottom;
    }
    if (begin < to) yield [begin, to];
  }
}

/** Edges with the region on their right, which become rings. */
class Edges {
  /** Where they lead, by the corner that they leave. */
  private readonly ends = new Map<number, number[]>();

  add(start: Corner, end: Corner): void {
    const key = keyOf(start);
    const ends = this.ends.get(key);
    if (ends) ends.push(keyOf(end));
    else this.ends.set(key, [keyOf(end)]);
  }

  rings(): Float32Array[] {
    const rings: Float32Array[] = [];
    for (const [start, ends] of this.ends) {
      while (ends.length > 0) {
        const builder = new RingBuilder();
        // As many edges leave a corner as come to it: the way ends where it began.
        let at = start;
        do {
          at = this.ends.get(at)!.pop()!;
          builder.add(Math.floor(at / MOST), at % MOST);
        } while (at !== start);
        const ring = builder.close();
        if (ring) rings.push(ring);
      }
    }
    return rings;
  }
}

/** More than a photo has pixels along a side. */
const MOST = 2 ** 26;

const keyOf = ([x, y]: Corner): number => x * MOST + y;
