import { cellsWithin, type CellView } from './cells.js';
import type { LessonPhoto } from './lesson.js';

/** Scores of the cells of a view. */
export interface ScoreMap {
  /** Photo pixels: cell (column, row) is centred on (x + (column + .5) step, y + (row + .5) step). */
  readonly x: number;
  readonly y: number;
  readonly step: number;
  /** In cells. */
  readonly width: number;
  readonly height: number;
  readonly classes: number;
  /** 0..1; one plane per class, row by row. */
  readonly data: Float32Array;
}

/**
 * The rows' scores where they lie in the photo's views.
 *
 * @param planes per class, a score for each row of `rowsOf`
 */
export function scoreMaps(photo: LessonPhoto, planes: readonly Float64Array[]): ScoreMap[] {
  let row = 0;
  return photo.views.map((view) => {
    const within = cellsWithin(view);
    const from = row;
    row += within.length;
    return mapOf(
      view,
      within,
      planes.map((scores) => scores.subarray(from, from + within.length)),
    );
  });
}

/** Without the padding. */
function mapOf(view: CellView, within: Uint32Array, planes: readonly Float64Array[]): ScoreMap {
  const columns = within.findIndex((cell) => cell >= view.cells.width);
  const width = columns < 0 ? within.length : columns;
  const data = new Float32Array(planes.length * within.length);
  planes.forEach((scores, plane) => data.set(scores, plane * within.length));
  const { x, y, step } = view;
  return { x, y, step, width, height: within.length / Math.max(1, width), classes: planes.length, data };
}
