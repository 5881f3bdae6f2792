import { type Rect } from './region-sets.js';

/** A piece of an outline, in photo pixels; what it encloses lies below it where it runs to the right. */
type Edge = readonly [x0: number, y0: number, x1: number, y1: number];

/**
 * How much of each pixel of a rectangle closed rings enclose, 0..1, column by column: what of a pixel lies below each edge is
 * added where the edge runs to the right, and taken away where it runs to the left.
 */
export class Coverage {
  /** By the rectangle's columns: the edges that pass through. */
  private readonly edges: Edge[][];

  /** @param rings outer ones clockwise on screen, holes the other way */
  constructor(
    rings: readonly Float32Array[],
    private readonly rect: Rect,
  ) {
    this.edges = Array.from({ length: rect.width }, () => []);
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
        this.addEdge([ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!]);
      }
    }
  }

  private addEdge(edge: Edge): void {
    const from = Math.max(0, Math.floor(Math.min(edge[0], edge[2])) - this.rect.x);
    const to = Math.min(this.rect.width, Math.ceil(Math.max(edge[0], edge[2])) - this.rect.x);
    for (let column = from; column < to; column++) this.edges[column]!.push(edge);
  }

  /** Raises each value of a column of the rectangle to what is covered there. */
  raise(column: number, values: Float64Array): void {
    const edges = this.edges[column]!;
    if (edges.length === 0) return;
    const { x, y, height } = this.rect;
    /** By how much the coverage of a row differs from that of the row above. */
    const steps = new Float64Array(height + 1);
    for (const edge of edges) addSteps(steps, height, edge, x + column, y);
    let covered = 0;
    for (let row = 0; row < height; row++) {
      covered += steps[row]!;
      values[row] = Math.max(values[row]!, Math.min(1, covered));
    }
  }
}

/** Adds what lies below an edge between `left` and `left` + 1, row by row. */
function addSteps(
  steps: Float64Array,
  height: number,
  [x0, y0, x1, y1]: Edge,
  left: number,
  top: number,
): void {
  if (x0 === x1) return;
  const slope = (y1 - y0) / (x1 - x0);
  const clamp = (x: number) => Math.min(left + 1, Math.max(left, x));
  const [from, to] = [clamp(x0), clamp(x1)];
  let at = y0 + (from - x0) * slope - top;
  const end = y0 + (to - x0) * slope - top;
  const perRow = end === at ? 0 : (to - from) / (end - at);
  // Where it lies in one row, all of it at once; else row by row.
  for (;;) {
    const row = at <= end ? Math.floor(at) : Math.ceil(at) - 1;
    const next = at <= end ? Math.min(end, row + 1) : Math.max(end, row);
    const width = at === end ? to - from : (next - at) * perRow;
    addStep(steps, height, row, (at + next) / 2 - row, width);
    if (next === end) return;
    at = next;
  }
}

/** What lies below a piece of an edge within a row, `down` of the row's height on average from its top. */
function addStep(steps: Float64Array, height: number, row: number, down: number, width: number): void {
  if (row >= height) return;
  if (row < 0) {
    steps[0]! += width;
    return;
  }
  steps[row]! += width * (1 - down);
  steps[row + 1]! += width * down;
}
