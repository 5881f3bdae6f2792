/** What a network sees of a photo, on a grid of cells. */
import type { Rect, Size } from '../rect.js';

/** Features of a grid of cells. */
export interface Cells extends Size {
  /** Numbers per cell. */
  readonly dims: number;
  /** As bfloat16, cell by cell, row by row: number `k` of cell (i, j) is at `(j * width + i) * dims + k`. */
  readonly values: Uint16Array;
}

/** How a part of a photo was turned before it was looked at. */
export interface Turn {
  /** Left and right are exchanged. */
  readonly isMirrored: boolean;
  readonly isUpsideDown: boolean;
}

/** A part of a photo, in photo pixels, and a grid over it: cell (i, j) begins at pixel (x + i * step, y + j * step). Cells beyond the part are padding. */
export interface CellGrid extends Rect {
  /** Photo pixels per cell, above 0. */
  readonly step: number;
  /** In cells. */
  readonly cells: Size;
  /** Of the part, before the grid was laid over it. */
  readonly turn?: Turn;
}

/** A view of a photo, and what the network sees of it. */
export interface CellView extends CellGrid {
  readonly cells: Cells;
  /** Of the features of all cells of the network's input, padding included: what novelty is told from. */
  readonly mean: Float32Array;
}

/** Some cells of a view that was turned: examples to learn from, and no more. */
export interface TurnedView extends CellGrid {
  readonly turn: Turn;
  readonly dims: number;
  /** Which cells there are, in rising order. */
  readonly places: Uint32Array;
  /** As bfloat16, one after the other. */
  readonly values: Uint16Array;
}

/** The area of each cell that lies within the part, in square photo pixels: 0 where a cell is padding alone. */
export function cellAreas({ cells, step, ...part }: CellGrid): Float64Array {
  const areas = new Float64Array(cells.width * cells.height);
  const within = (i: number, side: number) => Math.max(0, Math.min(side, (i + 1) * step) - i * step);
  for (let j = 0; j < cells.height; j++) {
    const height = within(j, part.height);
    for (let i = 0; i < cells.width; i++) areas[j * cells.width + i] = within(i, part.width) * height;
  }
  return areas;
}

/** The cells that are not padding: those whose centres lie within the part, or on its edge. */
export function cellsWithin({ cells, step, width, height }: CellGrid): Uint32Array {
  const columns = Math.min(cells.width, Math.max(1, Math.floor(width / step + 0.5)));
  const rows = Math.min(cells.height, Math.max(1, Math.floor(height / step + 0.5)));
  return Uint32Array.from(
    { length: columns * rows },
    (_, i) => Math.floor(i / columns) * cells.width + (i % columns),
  );
}
