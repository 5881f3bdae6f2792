/** The cells of a photo as rows to learn from. */
import { uniteRegions } from '../regions/region-sets.js';
import { cellAreas, cellsWithin } from './cells.js';
import type { LessonPhoto, Mark } from './lesson.js';
import { markedShares } from './marked-shares.js';
import { pick, together, type Samples } from './samples.js';

/** A cell of which so much is marked shows what a mark looks like. */
const MARKED_SHARE = 0.5;

/** What a cell is. */
export const BACKGROUND = 0;
export const MARKED = 1;
/** At the border of a mark: says neither. */
export const BORDER = 2;

/** The cells that are not padding, view by view. */
export function rowsOf({ views }: LessonPhoto): Samples {
  return together(
    views.map((view) => {
      const { width, height, dims, values } = view.cells;
      return pick({ rows: width * height, dims, values }, cellsWithin(view));
    }),
  );
}

/** How much of each row is marked, 0..1. */
export function sharesOf({ views }: LessonPhoto, marks: readonly Mark[]): Float64Array {
  const region = marks.length > 0 ? uniteRegions(marks.map((mark) => mark.region)) : undefined;
  return perRow(views, (view) => region && markedShares(region, view));
}

/** The area of each row's cell that lies in the photo, in square photo pixels. */
export const areasOf = ({ views }: LessonPhoto): Float64Array => perRow(views, cellAreas);

function perRow(
  views: LessonPhoto['views'],
  valuesOf: (view: LessonPhoto['views'][number]) => Float64Array | undefined,
): Float64Array {
  return Float64Array.from(
    views.flatMap((view) => {
      const values = valuesOf(view);
      return Array.from(cellsWithin(view), (cell) => values?.[cell] ?? 0);
    }),
  );
}

/**
 * What each row is: `MARKED` where at least half of the cell is marked. Of a mark that covers no cell so far, those are `MARKED` that it covers at least half as
 * much as the cell that it covers most, so that thin and small ones count, too. What is marked less is at a border.
 */
export function labelsOf(photo: LessonPhoto): Uint8Array {
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
