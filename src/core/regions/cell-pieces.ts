import { MASK_LEVEL } from './box-grid.js';

/** Whether a value belongs to the inside. */
export const isInside = (value: number): boolean => value >= MASK_LEVEL;

/** A piece of outline in a cell: from one of its sides to another, 0 the upper one, then clockwise. */
type Piece = readonly [from: number, to: number];

const NONE: readonly Piece[] = [];

/**
 * How outlines pass a cell of marching squares, whose corners have these values, clockwise from the upper left one. The inside lies to
 * the right of the way: going round the cell clockwise, a piece starts where the way round leaves the inside and ends where it comes
 * back in. Saddles are decided by the value at the saddle point.
 */
export function piecesOf(a: number, b: number, c: number, d: number): readonly Piece[] {
  if (isInside(a) === isInside(b) && isInside(b) === isInside(c) && isInside(c) === isInside(d)) return NONE;
  const inside = [isInside(a), isInside(b), isInside(c), isInside(d)];
  const isSaddle = inside[0] === inside[2] && inside[1] === inside[3];
  // At a saddle the inside corners are joined when the saddle point is inside, and apart otherwise.
  const turn = isSaddle && isInside((a * c - b * d) / (a + c - b - d)) ? 1 : 3;
  const pieces: Piece[] = [];
  for (let from = 0; from < 4; from++) {
    if (!inside[from] || inside[(from + 1) % 4]) continue;
    let to = (from + turn) % 4;
    if (!isSaddle) while (inside[to] || !inside[(to + 1) % 4]) to = (to + 1) % 4;
    pieces.push([from, to]);
  }
  return pieces;
}
