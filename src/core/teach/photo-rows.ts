/** The cells of a photo as rows to learn from. */
import { uniteRegions } from '../regions/region-sets.js';
import { fromBfloat16 } from './bfloat16.js';
import { cellAreas, cellsWithin, type CellGrid, type Cells } from './cells.js';
import type { LessonPhoto, Mark } from './lesson.js';
import { markedShares } from './marked-shares.js';
import { together, type Samples } from './samples.js';

/** A cell of which so much is marked shows what a mark looks like. */
const MARKED_SHARE = 0.5;

/** What a cell is. */
export const BACKGROUND = 0;
export const MARKED = 1;
/** At the border of a mark: says neither. */
export const BORDER = 2;

/** What covers a photo. */
interface Covered {
  readonly views: readonly CellGrid[];
}

/** The cells that are not padding, view by view. */
export const rowsOf = ({ views }: LessonPhoto): Samples =>
  together(views.map((view) => unpacked(view.cells, cellsWithin(view))));

function unpacked({ dims, values }: Pick<Cells, 'dims' | 'values'>, cells: Uint32Array): Samples {
  const picked = new Uint16Array(cells.length * dims);
  cells.forEach((cell, i) => picked.set(values.subarray(cell * dims, (cell + 1) * dims), i * dims));
  return { rows: cells.length, dims, values: fromBfloat16(picked) };
}

/** How much of each row is marked, 0..1. */
export function sharesOf({ views }: Covered, marks: readonly Mark[]): Float64Array {
  const region = marks.length > 0 ? uniteRegions(marks.map((mark) => mark.region)) : undefined;
  return perRow(views, (view) => region && markedShares(region, view));
}

/** The area of each row's cell that lies in the photo, in square photo pixels. */
export const areasOf = ({ views }: Covered): Float64Array => perRow(views, cellAreas);

function perRow(
  views: Covered['views'],
  valuesOf: (view: CellGrid) => Float64Array | undefined,
): Float64Array {
  const parts = views.map((view) => {
    const values = valuesOf(view);
    return Float64Array.from(cellsWithin(view), (cell) => values?.[cell] ?? 0);
  });
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * What each row is: `MARKED` where at least half of the cell is marked. Of a mark that covers no cell so far, those are `MARKED` that it covers at least half as
 * much as the cell that it covers most, so that thin and small ones count, too. What is marked less is at a border.
 */
export function labelsOf(photo: Covered & Pick<LessonPhoto, 'marks'>): Uint8Array {
  const labels = Uint8Array.from(sharesOf(photo, photo.marks), (share) => {
    if (share === 0) return BACKGROUND;
    return share >= MARKED_SHARE ? MARKED : BORDER;
  });
  for (const mark of photo.marks) {
    const shares = sharesOf(photo, [mark]);
    const most = shares.reduce((a, b) => Math.max(a, b), 0);
    if (most === 0 || most >= MARKED_SHARE) continue;
    shares.forEach((share, row) => {
      if (share >= most / 2) labels[row] = MARKED;
    });
  }
  return labels;
}
