import { intersectRects } from './rect.js';
import { RegionColumns } from './regions/region-sets.js';
import type { Detection } from './types.js';

type Marked = Pick<Detection, 'classId' | 'mask'>;

/** Of the smaller of two regions so much at least lies in the other, where a defect was seen in part before, or is now. */
const MOST = 0.5;

/**
 * Which of some detections is the defect that another result of the same photo shows as `one`; numbers and scores may have changed
 * since. It is of the same class and mostly the same, be it a part or all of it, or else of another class and the same region (an IoU
 * of 0.5 at least); of several, the one that is most alike.
 * @returns undefined where there is no such one
 */
export function sameDefect<D extends Marked>(one: Marked, among: readonly D[]): D | undefined {
  // The same object is the same defect, even if another one lies in the same place.
  const at = (among as readonly Marked[]).indexOf(one);
  if (at >= 0) return among[at];
  const columns = new RegionColumns(one.mask);
  let best: { readonly other: D; readonly isOfClass: boolean; readonly likeness: number } | undefined;
  for (const other of among) {
    if (!intersectRects(one.mask, other.mask)) continue;
    const others = new RegionColumns(other.mask);
    const shared = columns.sharedArea(others);
    const likeness = shared / (columns.area + others.area - shared);
    const isOfClass = other.classId === one.classId;
    const isSame = isOfClass ? shared >= MOST * Math.min(columns.area, others.area) : likeness >= MOST;
    if (!isSame || (best?.isOfClass && !isOfClass)) continue;
    if (!best || (isOfClass && !best.isOfClass) || likeness > best.likeness)
      best = { other, isOfClass, likeness };
  }
  return best?.other;
}
