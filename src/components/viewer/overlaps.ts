import type { Box, Detection } from '../../core/types.js';

export type Pair = readonly [Detection, Detection];

/** So many are hatched; where there are more, nobody could tell them apart. */
const LIMIT = 200;
const known = new WeakMap<readonly Detection[], readonly Pair[]>();

/** Detections whose boxes overlap, the larger one of each pair first. Found once for each list. */
export function overlappingPairs(detections: readonly Detection[]): readonly Pair[] {
  let pairs = known.get(detections);
  if (!pairs) {
    pairs = findPairs(detections);
    known.set(detections, pairs);
  }
  return pairs;
}

function findPairs(detections: readonly Detection[]): readonly Pair[] {
  const byLeft = [...detections].sort((a, b) => a.box[0] - b.box[0]);
  const pairs: Pair[] = [];
  for (const [i, one] of byLeft.entries()) {
    const right = one.box[0] + one.box[2];
    for (let j = i + 1; j < byLeft.length && byLeft[j]!.box[0] < right; j++) {
      const other = byLeft[j]!;
      if (!meet(one.box, other.box)) continue;
      pairs.push(one.area >= other.area ? [one, other] : [other, one]);
      if (pairs.length === LIMIT) return pairs;
    }
  }
  return pairs;
}

const meet = (a: Box, b: Box): boolean => a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
