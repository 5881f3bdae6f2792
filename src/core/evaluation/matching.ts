/** IoU from which on a detection counts as having found a defect, wherever one figure is enough. */
export const FOUND_IOU = 0.5;

/**
 * COCO's way of giving detections their ground truths: each, best score first, takes the free truth that it overlaps
 * most. Only a detection that fits none may fall on an ignored truth (a crowd), which takes any number of them.
 *
 * @param overlaps per detection, by falling score, its overlap (0..1) with each truth; ignored truths come last.
 * @param counted how many truths are not ignored.
 * @param least the overlap, 0..1, from which on the two may belong together.
 * @returns per detection the index of its truth, -1 where it fits none.
 */
export function matchGreedily(
  overlaps: readonly (readonly number[])[],
  counted: number,
  least: number,
): number[] {
  const taken = new Set<number>();
  return overlaps.map((row) => {
    // Of equal overlaps the last one counts, as in pycocotools.
    let best = -1;
    let most = least;
    row.forEach((overlap, i) => {
      const isIgnored = i >= counted;
      if (taken.has(i) || overlap < most || (isIgnored && best >= 0 && best < counted)) return;
      best = i;
      most = overlap;
    });
    if (best >= 0 && best < counted) taken.add(best);
    return best;
  });
}
