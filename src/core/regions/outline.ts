/**
 * The outline of what several outlines enclose together, by marching squares between the centres of pixels: between those of
 * which one of the outlines encloses at least half, and the others. Where one outline alone matters it follows that to a small
 * part of a pixel.
 */
import type { Rect } from '../rect.js';
import { isInside, piecesOf } from './cell-pieces.js';
import { FLATNESS } from './contour.js';
import { Coverage } from './coverage.js';
import { RingBuilder } from './ring-builder.js';
import { simplifyRing } from './simplify.js';

/**
 * @param shapes outlines as `traceContours` gives them
 * @param box of the pixels that they enclose
 * @returns closed rings, outer ones clockwise on screen, holes the other way
 */
export function uniteContours(
  shapes: readonly (readonly Float32Array[])[],
  { x, y, width, height }: Rect,
): Float32Array[] {
  // An outline may go round less than half of a pixel outside.
  const left = x - 1;
  const right = x + width + 1;
  const covers = shapes.map((rings) => new Coverage(rings, left));
  const outlines = new FieldOutlines(left, y - 1, height + 2);
  for (let column = left; column <= right; column++) outlines.addColumn(profileOf(covers, column));
  return outlines.rings();
}

/** A column's values, from top to bottom: each from its row up to the next one's; above the first of them it is 0. */
type Profile = readonly { readonly row: number; readonly value: number }[];

/** How much of a column's pixels the one of several covers that has most of them encloses. */
function profileOf(covers: readonly Coverage[], x: number): Profile {
  const steps: { readonly row: number; readonly by: number; readonly cover: number }[] = [];
  covers.forEach((one, cover) => {
    one.visitSteps(x, (row, by) => steps.push({ row, by, cover }));
  });
  steps.sort((a, b) => a.row - b.row);
  const sums = new Float64Array(covers.length);
  const profile: { row: number; value: number }[] = [];
  steps.forEach(({ row, by, cover }, i) => {
    sums[cover]! += by;
    if (steps[i + 1]?.row === row) return;
    let value = 0;
    for (const sum of sums) value = Math.max(value, Math.min(1, sum));
    profile.push({ row, value });
  });
  return profile;
}

/** Where an outline crosses between two pixel centres, and the number of the crossing where it goes on. */
interface Crossing {
  readonly x: number;
  readonly y: number;
  next: number;
}

/**
 * How far from the outer pixel's centre an outline passes between that and the inner pixel's: as far as leaves the area on its
 * inner side what the two have covered.
 */
const placeOfEdge = (outer: number, inner: number): number => 1.5 - outer - inner;

/** Of two neighbouring columns, at one row. */
type Pair = readonly [left: number, right: number];

/** Follows the outlines of a field that comes column by column, and is 0 around it. */
class FieldOutlines {
  /** By twice the number of the pixel that lies before them, and one more where the other pixel lies below, not to the right. */
  private readonly crossings = new Map<number, Crossing>();
  private before: Profile = [];
  /** How many columns there were. */
  private count = 0;

  /** @param height of the columns: rows from `top` on */
  constructor(
    private readonly left: number,
    private readonly top: number,
    private readonly height: number,
  ) {}

  addColumn(values: Profile): void {
    const { before } = this;
    let [i, j] = [0, 0];
    let [left, right] = [0, 0];
    while (i < before.length || j < values.length) {
      const row = Math.min(before[i]?.row ?? Infinity, values[j]?.row ?? Infinity);
      const above: Pair = [left, right];
      if (before[i]?.row === row) left = before[i++]!.value;
      if (values[j]?.row === row) right = values[j++]!.value;
      this.linkCell(row, above, [left, right]);
      if (isInside(left) === isInside(right)) continue;
      const end = Math.min(before[i]?.row ?? Infinity, values[j]?.row ?? Infinity);
      for (let next = row + 1; next < end; next++) this.linkCell(next, [left, right], [left, right]);
    }
    this.before = values;
    this.count++;
  }

  /** Joins the crossings around the corner that four pixels share. @param row of the lower two */
  private linkCell(row: number, [a, b]: Pair, [d, c]: Pair): void {
    const corners = [a, b, c, d] as const;
    for (const [from, to] of piecesOf(...corners)) {
      this.crossing(row, from, corners).next = this.keyOf(row, to);
      this.crossing(row, to, corners);
    }
  }

  /** Of the crossing on a side of the cell: 0 the upper one, then clockwise. */
  private keyOf(row: number, side: number): number {
    const column = this.count + (side === 1 ? 1 : 0);
    const pixel = column * (this.height + 2) + row - this.top + (side === 2 ? 1 : 0);
    return 2 * pixel + (side % 2);
  }

  private crossing(
    row: number,
    side: number,
    [a, b, c, d]: readonly [number, number, number, number],
  ): Crossing {
    const key = this.keyOf(row, side);
    let crossing = this.crossings.get(key);
    if (!crossing) {
      // From the pixel that lies further to the left or further up.
      const sides: readonly Pair[] = [
        [a, b],
        [b, c],
        [d, c],
        [a, d],
      ];
      const [from, to] = sides[side]!;
      const t = from < to ? placeOfEdge(from, to) : 1 - placeOfEdge(to, from);
      const x = this.left + this.count - 0.5 + (side === 1 ? 1 : side === 3 ? 0 : t);
      const y = row - 0.5 + (side === 0 ? 0 : side === 2 ? 1 : t);
      crossing = { x, y, next: -1 };
      this.crossings.set(key, crossing);
    }
    return crossing;
  }

  rings(): Float32Array[] {
    const rings: Float32Array[] = [];
    for (const start of this.crossings.values()) {
      const ring = new RingBuilder();
      for (let at: Crossing | undefined = start; at && at.next >= 0;) {
        ring.add(at.x, at.y);
        const next = this.crossings.get(at.next);
        at.next = -1;
        at = next;
      }
      const points = ring.close();
      if (points) rings.push(simplifyRing(points, FLATNESS));
    }
    return rings;
  }
}
