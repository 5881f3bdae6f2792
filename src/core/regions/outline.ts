/**
 * The outline of what several outlines enclose together, by marching squares between the centres of pixels: between those of
 * which one of the outlines encloses at least half, and the others. Where one outline alone matters it follows that to a small part of a pixel.
 */
import { MASK_LEVEL } from './box-grid.js';
import { FLATNESS } from './contour.js';
import { Coverage } from './coverage.js';
import type { Rect } from './region-sets.js';
import { RingBuilder } from './ring-builder.js';
import { simplifyRing } from './simplify.js';

/**
 * @param shapes outlines as `traceContours` gives them
 * @param box of the pixels that they enclose
 * @returns closed rings, outer ones clockwise on screen, holes the other way
 */
export function uniteContours(shapes: readonly (readonly Float32Array[])[], box: Rect): Float32Array[] {
  // An outline may go round less than half of a pixel outside.
  const rect = { x: box.x - 1, y: box.y - 1, width: box.width + 2, height: box.height + 2 };
  const covers = shapes.map((rings) => new Coverage(rings, rect));
  const lines = new FieldOutlines(rect);
  for (let column = 0; column < rect.width; column++) {
    const values = new Float64Array(rect.height);
    for (const cover of covers) cover.raise(column, values);
    lines.addColumn(values);
  }
  lines.addColumn(new Float64Array(rect.height));
  return lines.rings();
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

/** Follows the outlines of a field that comes column by column, and is 0 around its rectangle. */
class FieldOutlines {
  /** By twice the number of the pixel that lies before them, and one more where the other pixel lies below, not to the right. */
  private readonly crossings = new Map<number, Crossing>();
  private before: Float64Array;
  /** How many columns there were. */
  private count = 0;

  constructor(private readonly rect: Rect) {
    this.before = new Float64Array(rect.height);
  }

  addColumn(values: Float64Array): void {
    const { before } = this;
    // Of the pixels above: how many of the two are inside.
    let above = 0;
    for (let row = 0; row <= values.length; row++) {
      const below = Number(before[row]! >= MASK_LEVEL) + Number(values[row]! >= MASK_LEVEL);
      if (above !== below || below === 1) {
        this.linkCell(row, [before[row - 1] ?? 0, values[row - 1] ?? 0, values[row] ?? 0, before[row] ?? 0]);
      }
      above = below;
    }
    this.before = values;
    this.count++;
  }

  /**
   * Joins the crossings around the corner that four pixels share, given clockwise from the top left, so that the inside lies to
   * the right of the way: it starts where the way round leaves the inside, and ends where it comes back in.
   */
  private linkCell(row: number, values: readonly [number, number, number, number]): void {
    const [a, b, c, d] = values;
    const inside = values.map((value) => value >= MASK_LEVEL);
    const isSaddle = inside[0] === inside[2] && inside[1] === inside[3] && inside[0] !== inside[1];
    // At a saddle the inside pixels are joined when the saddle point is inside, and apart otherwise.
    const turn = isSaddle && (a * c - b * d) / (a + c - b - d) >= MASK_LEVEL ? 1 : 3;
    for (let from = 0; from < 4; from++) {
      if (!inside[from] || inside[(from + 1) % 4]) continue;
      let to = (from + turn) % 4;
      if (!isSaddle) while (inside[to] || !inside[(to + 1) % 4]) to = (to + 1) % 4;
      this.crossing(row, from, values).next = this.keyOf(row, to);
      this.crossing(row, to, values);
    }
  }

  /** Of the crossing on a side of the cell: 0 the upper one, then clockwise. */
  private keyOf(row: number, side: number): number {
    const column = this.count + (side === 1 ? 1 : 0);
    const pixel = column * (this.rect.height + 2) + row + (side === 2 ? 1 : 0);
    return 2 * pixel + (side % 2);
  }

  private crossing(row: number, side: number, [a, b, c, d]: readonly number[]): Crossing {
    const key = this.keyOf(row, side);
    let crossing = this.crossings.get(key);
    if (!crossing) {
      // From the pixel that lies further to the left or further up.
      const [from, to] = [
        [a!, b!],
        [b!, c!],
        [d!, c!],
        [a!, d!],
      ][side] as [number, number];
      const t = from < to ? placeOfEdge(from, to) : 1 - placeOfEdge(to, from);
      const x = this.rect.x + this.count - 0.5 + (side === 1 ? 1 : side === 3 ? 0 : t);
      const y = this.rect.y + row - 0.5 + (side === 0 ? 0 : side === 2 ? 1 : t);
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
