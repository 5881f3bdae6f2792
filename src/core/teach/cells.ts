/** What a network sees of a photo, and what it says of it, on a grid of cells. */
import type { Rect } from '../rect.js';

/** Features of a grid of cells. */
export interface Cells {
  readonly width: number;
  readonly height: number;
  /** Numbers per cell. */
  readonly dims: number;
  /** Cell by cell, row by row: number `k` of cell (i, j) is at `(j * width + i) * dims + k`. */
  readonly values: Float32Array;
}

/** Where a grid of cells lies: cell (i, j) begins at photo pixel (x + i * step, y + j * step). */
export interface CellGrid {
  /** Photo pixels. */
  readonly x: number;
  readonly y: number;
  /** Photo pixels per cell, above 0. */
  readonly step: number;
  /** Cells. */
  readonly width: number;
  readonly height: number;
}

/** A view of a photo: the part of it that was looked at, in photo pixels, and its cells. What of the cells lies beyond that part is padding. */
export interface CellView extends Rect {
  /** Photo pixels per cell, above 0. */
  readonly step: number;
  readonly cells: Cells;
}

/** Scores of the cells of a view. */
export interface ScoreMap extends CellGrid {
  readonly classes: number;
  /** 0..1; class by class, row by row: `data[(c * height + j) * width + i]`. */
  readonly data: Float32Array;
}

export const gridOf = ({ x, y, step, cells: { width, height } }: CellView): CellGrid => ({
  x,
  y,
  step,
  width,
  height,
});

/** The area of each cell that lies within the view, in square photo pixels: 0 where a cell is padding alone. */
export function cellAreas(view: CellView): Float64Array {
  const { cells, step } = view;
  const areas = new Float64Array(cells.width * cells.height);
  const within = (i: number, side: number) => Math.max(0, Math.min(side, (i + 1) * step) - i * step);
  for (let j = 0; j < cells.height; j++) {
    const height = within(j, view.height);
    for (let i = 0; i < cells.width; i++) areas[j * cells.width + i] = within(i, view.width) * height;
  }
  return areas;
}
