/** Candidates for suppression, one behind the other. */
export interface ScoredBoxes {
  /** x1, y1, x2, y2 of each. */
  readonly corners: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
  readonly classes: ArrayLike<number>;
}

/**
 * Greedy non-maximum suppression within each class: by falling score (ties in the order given), a box is kept unless
 * its IoU with a box kept before, of the same class, is above `iou`. Boxes without an area suppress nothing.
 * @param limit at most that many are kept
 * @returns the places of the kept boxes, by falling score
 */
export function suppress({ corners, scores, classes }: ScoredBoxes, iou: number, limit: number): number[] {
  const order = Array.from(scores, (_, index) => index).sort((a, b) => scores[b]! - scores[a]!);
  const keptOfClass = new Map<number, number[]>();
  const kept: number[] = [];
  for (const index of order) {
    if (kept.length >= limit) break;
    const rivals = keptOfClass.get(classes[index]!) ?? [];
    if (rivals.some((rival) => overlap(corners, rival * 4, index * 4) > iou)) continue;
    keptOfClass.set(classes[index]!, rivals);
    rivals.push(index);
    kept.push(index);
  }
  return kept;
}

/** Intersection over union of the boxes that begin at `a` and `b`; 0 where neither has an area. */
function overlap(corners: ArrayLike<number>, a: number, b: number): number {
  const area = (at: number) =>
    Math.max(0, corners[at + 2]! - corners[at]!) * Math.max(0, corners[at + 3]! - corners[at + 1]!);
  const width = Math.min(corners[a + 2]!, corners[b + 2]!) - Math.max(corners[a]!, corners[b]!);
  const height = Math.min(corners[a + 3]!, corners[b + 3]!) - Math.max(corners[a + 1]!, corners[b + 1]!);
  if (!(width > 0 && height > 0)) return 0;
  const both = width * height;
  return both / (area(a) + area(b) - both);
}
