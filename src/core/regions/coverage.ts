/** A piece of an outline; what it encloses lies below it where it runs to the right. */
type Edge = readonly [x0: number, y0: number, x1: number, y1: number];

/**
 * How much of each pixel closed rings enclose, 0..1, column by column: what of a pixel lies below each edge is added where the
 * edge runs to the right, and taken away where it runs to the left.
 */
export class Coverage {
  /** Per column of the photo, from `left` on: the edges that pass through. */
  private readonly edges: (Edge[] | undefined)[] = [];

  /**
   * @param rings in photo pixels, outer ones clockwise on screen, holes the other way
   * @param left no ring reaches further
   */
  constructor(
    rings: readonly Float32Array[],
    private readonly left: number,
  ) {
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
        this.addEdge([ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!]);
      }
    }
  }

  private addEdge(edge: Edge): void {
    const end = Math.ceil(Math.max(edge[0], edge[2]));
    for (let x = Math.floor(Math.min(edge[0], edge[2])); x < end; x++)
      (this.edges[x - this.left] ??= []).push(edge);
  }

  /** Hands on by how much the coverage of a column's rows differs from that of the rows above: in any order, several times a row. */
  visitSteps(x: number, visit: (row: number, by: number) => void): void {
    for (const edge of this.edges[x - this.left] ?? []) visitEdgeSteps(edge, x, visit);
  }
}

/** What lies below the part of an edge that passes a column, row by row. */
function visitEdgeSteps(
  [x0, y0, x1, y1]: Edge,
  column: number,
  visit: (row: number, by: number) => void,
): void {
  const clamp = (x: number) => Math.min(column + 1, Math.max(column, x));
  const [from, to] = [clamp(x0), clamp(x1)];
  if (from === to) return;
  const slope = (y1 - y0) / (x1 - x0);
  const end = y0 + (to - x0) * slope;
  const perRow = (to - from) / (end - (y0 + (from - x0) * slope));
  for (let at = y0 + (from - x0) * slope; ;) {
    const row = at <= end ? Math.floor(at) : Math.ceil(at) - 1;
    const next = at <= end ? Math.min(end, row + 1) : Math.max(end, row);
    const width = Number.isFinite(perRow) ? (next - at) * perRow : to - from;
    // Of the row's height, what lies above the edge on average.
    const above = (at + next) / 2 - row;
    visit(row, width * (1 - above));
    visit(row + 1, width * above);
    if (next === end) return;
    at = next;
  }
}
