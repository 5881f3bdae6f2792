/**
 * Many views of a photo, one list of what is on it.
 *
 * Within a scale (`merge-tiles.ts`): two views agree about a defect where what they found has, within what both see, an IoU of at
 * least `AGREEMENT`, or where most of what a border cuts off belongs to what the other view found, or is a sliver beside it. Then
 * - where both views see all of it, the better one stays: whole before cut off, then by score. What a view sees whole gets the mean of
 *   the scores of all views that do (`merge-scores.ts`);
 * - where a border cuts something off, and the view that sees across that border finds nothing it could be a part of, it is no surer than
 *   that view says;
 * - where one view sees all of it and the other does not, what the first found is a piece and yields to what the second found;
 * - where neither sees all of it, the two are parts of one region, their union, of the class and score of the best part. Chains of such
 *   pairs make bands across many tiles; what has a score below `JOINING_SCORE` joins nothing. Two things that one view found at one
 *   place, as different classes mostly, are never made one, and each meets its like in other views.
 *
 * Between scales (`merge-levels.ts`), from fine to coarse: what a finer view must have seen whole, since it is no longer than the
 * overlap of its tiles, is what that view says. Of what is larger, the finer parts stay where none is cut off, or where they are nearly all
 * of it, and the coarse finding replaces them where they are pieces. Where no finer view was run, the coarse finding stays.
 *
 * Everything is decided by what was found and where, in an order that follows from that: neither the order of views nor their
 * number matters.
 */
import type { Size } from '../rect.js';
import { MAX_PHOTO_DETECTIONS } from '../types.js';
import { byScore, partOf, surerFirst, type Finding } from './finding.js';
import type { Found, SeenView } from './found.js';
import { mergeLevels } from './merge-levels.js';
import { mergeTiles } from './merge-tiles.js';
import type { PlannedView } from './plan.js';

/** The best of what all views have found that are looked at: comparing more would take too long, and most of it is not returned. */
const MAX_PARTS = 4 * MAX_PHOTO_DETECTIONS;

/**
 * What the views of a photo have found, as one: by falling score, at most `MAX_PHOTO_DETECTIONS`. Of one view, what it found as
 * it is. The order of the views does not matter.
 * @returns also whether there may be more
 */
export function mergeViews(
  seen: readonly SeenView[],
  photo: Size,
): { readonly found: readonly Found[]; readonly isTruncated: boolean } {
  const [first, ...others] = seen;
  if (first && others.length === 0) return { found: first.found, isTruncated: first.isCapped };
  const all = seen.flatMap(({ view, found }) => found.map((one) => ({ view, found: one })));
  const parts = all
    .sort(byScore)
    .slice(0, MAX_PARTS)
    .map(({ view, found: one }) => partOf(one, view));
  const views = seen.map(({ view }) => view);
  const levels = [...new Set(views.map(({ level }) => level))].sort((a, b) => b - a);
  let findings: readonly Finding[] = [];
  for (const level of levels) {
    const isOfLevel = (view: PlannedView) => view.level === level;
    const tiles = views.filter(isOfLevel);
    const found = parts.filter(({ view }) => isOfLevel(view));
    const finer = views.filter((view) => view.level > level);
    findings = mergeLevels(mergeTiles(tiles, found, photo), findings, finer);
  }
  const best = [...findings].sort(surerFirst).slice(0, MAX_PHOTO_DETECTIONS);
  return {
    found: best.map((finding) => finding.toFound()),
    isTruncated:
      all.length > MAX_PARTS ||
      findings.length > MAX_PHOTO_DETECTIONS ||
      seen.some(({ isCapped }) => isCapped),
  };
}
