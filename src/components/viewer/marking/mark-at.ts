import { RegionColumns } from '../../../core/regions/region-sets.js';
import type { Mark } from '../../../workbench/lessons/lesson.js';
import type { Point } from '../viewport.js';

const known = new WeakMap<Mark, RegionColumns>();

/** A mark's region, made ready for comparing. */
export function columnsOf(mark: Mark): RegionColumns {
  let columns = known.get(mark);
  if (!columns) known.set(mark, (columns = new RegionColumns(mark.region)));
  return columns;
}

/** The mark at a point of the photo, else the smallest one within `tolerance` photo pixels of it. */
export function markAt(marks: readonly Mark[], { x, y }: Point, tolerance: number): Mark | undefined {
  const around = (reach: number) => ({
    x: Math.floor(x - reach),
    y: Math.floor(y - reach),
    width: Math.floor(x + reach) - Math.floor(x - reach) + 1,
    height: Math.floor(y + reach) - Math.floor(y - reach) + 1,
  });
  const smallest = (rect: ReturnType<typeof around>) =>
    marks
      .filter((mark) => columnsOf(mark).areaWithin(rect) > 0)
      .reduce<Mark | undefined>(
        (best, mark) => (best && columnsOf(best).area <= columnsOf(mark).area ? best : mark),
        undefined,
      );
  return smallest(around(0)) ?? smallest(around(tolerance));
}
