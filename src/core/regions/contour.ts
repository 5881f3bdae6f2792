/**
 * The outline of a mask: the .5 iso-line of the bilinear field that `rasterizeGrid` samples, closed along the
 * edges of box and photo. Marching squares on the field's own grid lines, where the field is linear and
 * crossings are exact; inside a cell the iso-line is a branch of a hyperbola, which is followed to within
 * `FLATNESS`. Saddles are decided by the field's value at the saddle point (the asymptotic decider of
 * Nielson and Hamann, 1991), so that outline and pixels always agree.
 */
import type { Rect } from '../rect.js';
import { MASK_LEVEL, type BoxGrid } from './box-grid.js';
import { isInside, piecesOf } from './cell-pieces.js';
import { RingBuilder } from './ring-builder.js';

/** How far, in photo pixels, a polygon may leave the iso-line. */
export const FLATNESS = 0.05;
/** Near a saddle a branch turns within a tiny part of its extent. */
const MAX_BISECTIONS = 24;

/**
 * The grid lines of one axis within box and photo: a line through every grid value, one along either edge,
 * and once more either edge for the outside, where the field is -Infinity and rings are closed.
 */
interface Axis {
  readonly position: readonly number[];
  /** The same in grid units, 0..size - 1. */
  readonly grid: readonly number[];
}

function gridLines(start: number, length: number, size: number, limit: number): Axis | undefined {
  const from = Math.max(0, start);
  const to = Math.min(limit, start + length);
  if (!(to > from)) return undefined;
  const toGrid = (x: number) => Math.min(size - 1, Math.max(0, ((x - start) / length) * size - 0.5));
  const position = [from, from];
  const grid = [0, toGrid(from)];
  for (let i = 0; i < size; i++) {
    const centre = start + ((i + 0.5) / size) * length;
    if (centre > from && centre < to) {
      position.push(centre);
      grid.push(i);
    }
  }
  position.push(to, to);
  grid.push(toGrid(to), 0);
  return { position, grid };
}

/** The field where grid lines cross, row-major, with a rim of -Infinity. */
function fieldAt(columns: Axis, rows: Axis, { size, data: values }: BoxGrid): Float64Array {
  const nx = columns.grid.length;
  const ny = rows.grid.length;
  const field = new Float64Array(nx * ny).fill(-Infinity);
  for (let j = 1; j < ny - 1; j++) {
    const v = rows.grid[j]!;
    const above = Math.floor(v) * size;
    const below = Math.ceil(v) * size;
    const down = v - Math.floor(v);
    for (let i = 1; i < nx - 1; i++) {
      const u = columns.grid[i]!;
      const left = Math.floor(u);
      const right = Math.ceil(u);
      const across = u - left;
      const atLeft = values[above + left]! * (1 - down) + values[below + left]! * down;
      const atRight = values[above + right]! * (1 - down) + values[below + right]! * down;
      field[j * nx + i] = atLeft * (1 - across) + atRight * across;
    }
  }
  return field;
}

/**
 * Traces a grid's outlines in photo pixels: closed rings `[x0, y0, x1, y1, ...]` whose last point is joined
 * to the first, outer rings clockwise on screen, holes the other way. Empty when nothing reaches .5.
 */
export function traceContours(grid: BoxGrid, imageWidth: number, imageHeight: number): Float32Array[] {
  const { box, size, rows: rowCount = size } = grid;
  const columns = gridLines(box[0], box[2], size, imageWidth);
  const rows = gridLines(box[1], box[3], rowCount, imageHeight);
  if (!columns || !rows) return [];
  const xs = columns.position;
  const ys = rows.position;
  const nx = xs.length;
  const ny = ys.length;
  const field = fieldAt(columns, rows, grid);

  // Crossings are numbered by the grid edge they lie on: first the horizontal edges (to the right of node
  // n: number n), then the vertical ones (below node n: number nx * ny + n).
  const vertical = nx * ny;
  const next = new Int32Array(2 * vertical).fill(-1);
  const cellOf = new Int32Array(2 * vertical);
  linkCrossings(field, nx, ny, next, cellOf);

  const crossing = (edge: number): [number, number] => {
    const node = edge % vertical;
    const other = edge < vertical ? node + 1 : node + nx;
    const [inside, outside] = isInside(field[node]!) ? [node, other] : [other, node];
    const t = (MASK_LEVEL - field[inside]!) / (field[outside]! - field[inside]!);
    const x = xs[inside % nx]!;
    const y = ys[Math.floor(inside / nx)]!;
    return [x + t * (xs[outside % nx]! - x), y + t * (ys[Math.floor(outside / nx)]! - y)];
  };

  const rings: Float32Array[] = [];
  for (let start = 0; start < next.length; start++) {
    if (next[start]! < 0) continue;
    const ring = new RingBuilder();
    for (let edge = start; next[edge]! >= 0;) {
      const to = next[edge]!;
      const a = crossing(edge);
      const b = crossing(to);
      ring.add(a[0], a[1]);
      const node = cellOf[edge]!;
      const i = node % nx;
      const j = Math.floor(node / nx);
      // Cells of the rim have no extent: there the outline runs along an edge of box or photo.
      if (i > 0 && j > 0 && i < nx - 2 && j < ny - 2) {
        const cell: Cell = {
          x: xs[i]!,
          y: ys[j]!,
          width: xs[i + 1]! - xs[i]!,
          height: ys[j + 1]! - ys[j]!,
          topLeft: field[node]!,
          topRight: field[node + 1]!,
          bottomLeft: field[node + nx]!,
          bottomRight: field[node + nx + 1]!,
        };
        followBranch(cell, a, b, ring, MAX_BISECTIONS);
      }
      next[edge] = -1;
      edge = to;
    }
    const points = ring.close();
    if (points) rings.push(points);
  }
  return rings;
}

/** Joins the crossings on the sides of every cell. */
function linkCrossings(field: Float64Array, nx: number, ny: number, next: Int32Array, cellOf: Int32Array) {
  for (let j = 0; j < ny - 1; j++) {
    for (let i = 0; i < nx - 1; i++) {
      const node = j * nx + i;
      const below = node + nx;
      const edges = [node, nx * ny + node + 1, below, nx * ny + node];
      for (const [from, to] of piecesOf(field[node]!, field[node + 1]!, field[below + 1]!, field[below]!)) {
        next[edges[from]!] = edges[to]!;
        cellOf[edges[from]!] = node;
      }
    }
  }
}

interface Cell extends Rect {
  readonly topLeft: number;
  readonly topRight: number;
  readonly bottomLeft: number;
  readonly bottomRight: number;
}

type Point = readonly [number, number];

/**
 * Adds the points between `a` and `b` on their branch of the hyperbola. A branch is monotonic in x and y,
 * so that halving the longer of its two extents always finds a point between them.
 */
function followBranch(cell: Cell, a: Point, b: Point, ring: RingBuilder, bisections: number) {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const chord = Math.hypot(dx, dy);
  if (bisections === 0 || chord <= FLATNESS) return;
  let x: number;
  let y: number;
  if (Math.abs(dx) >= Math.abs(dy)) {
    x = a[0] + dx / 2;
    const s = (x - cell.x) / cell.width;
    const top = cell.topLeft + (cell.topRight - cell.topLeft) * s;
    const bottom = cell.bottomLeft + (cell.bottomRight - cell.bottomLeft) * s;
    y = between(cell.y + ((MASK_LEVEL - top) / (bottom - top)) * cell.height, a[1], b[1]);
  } else {
    y = a[1] + dy / 2;
    const t = (y - cell.y) / cell.height;
    const left = cell.topLeft + (cell.bottomLeft - cell.topLeft) * t;
    const right = cell.topRight + (cell.bottomRight - cell.topRight) * t;
    x = between(cell.x + ((MASK_LEVEL - left) / (right - left)) * cell.width, a[0], b[0]);
  }
  if (Math.abs(dx * (y - a[1]) - dy * (x - a[0])) <= FLATNESS * chord) return;
  followBranch(cell, a, [x, y], ring, bisections - 1);
  ring.add(x, y);
  followBranch(cell, [x, y], b, ring, bisections - 1);
}

/** Clamps to the range that `a` and `b` span, and takes its middle where the value is not a number. */
function between(value: number, a: number, b: number): number {
  if (Number.isNaN(value)) return (a + b) / 2;
  return Math.min(Math.max(a, b), Math.max(Math.min(a, b), value));
}

/** Area that a ring encloses: positive when it runs clockwise on screen (an outer ring), negative for holes. */
export function ringArea(ring: ArrayLike<number>): number {
  let twice = 0;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    twice += ring[j]! * ring[i + 1]! - ring[i]! * ring[j + 1]!;
  }
  return twice / 2;
}

/** Length of a ring's way round, in its own unit. */
export function ringLength(ring: ArrayLike<number>): number {
  let length = 0;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    length += Math.hypot(ring[i]! - ring[j]!, ring[i + 1]! - ring[j + 1]!);
  }
  return length;
}

/** Does a ring enclose a point? Even-odd. */
export function ringContains(ring: ArrayLike<number>, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [x0, y0, x1, y1] = [ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
  }
  return inside;
}
