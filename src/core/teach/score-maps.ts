import type { ScoreMap } from '../regions/score-map.js';
import { cellsWithin, type CellView } from './cells.js';
import type { LessonPhoto } from './lesson.js';

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
