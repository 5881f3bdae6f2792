/** Fits the calibration of scores. */
import type { Calibration } from '../calibration.js';
import { boundedLogit, sigmoid } from '../logit.js';

const LEAST_SLOPE = 0.05;
/** Holds slope and offset to what changes nothing, as if one more region said so: a few regions that are told apart perfectly would drive the slope to infinity. */
const RIDGE = 1;

/**
 * Platt scaling of the scores' logits (Platt, 1999, with the targets that he proposes for few examples), by Newton's method. Without
 * regions it changes nothing.
 *
 * @param regions of photos that were left out while learning
 */
export function fitCalibration(
  regions: readonly { readonly score: number; readonly isHit: boolean }[],
): Calibration {
  const hits = regions.filter(({ isHit }) => isHit).length;
  const goal = { hit: (hits + 1) / (hits + 2), alarm: 1 / (regions.length - hits + 2) };
  const rows = regions.map(({ score, isHit }) => ({
    z: boundedLogit(score),
    y: isHit ? goal.hit : goal.alarm,
  }));
  const loss = (a: number, b: number) =>
    rows.reduce(
      (sum, { z, y }) =>
        sum + Math.log1p(Math.exp(-Math.abs(a * z + b))) + Math.max(0, a * z + b) - y * (a * z + b),
      (RIDGE / 2) * ((a - 1) ** 2 + b * b),
    );
  let [slope, offset] = [1, 0];
  for (let round = 0; round < 50; round++) {
    let [ga, gb, aa, ab, bb] = [RIDGE * (slope - 1), RIDGE * offset, RIDGE, 0, RIDGE];
    for (const { z, y } of rows) {
      const p = sigmoid(slope * z + offset);
      const bend = p * (1 - p);
      ga += (p - y) * z;
      gb += p - y;
      aa += bend * z * z;
      ab += bend * z;
      bb += bend;
    }
    const determinant = aa * bb - ab * ab;
    const da = (ga * bb - gb * ab) / determinant;
    const db = (gb * aa - ga * ab) / determinant;
    let step = 1;
    while (step > 1e-6 && loss(slope - step * da, offset - step * db) > loss(slope, offset)) step /= 2;
    slope -= step * da;
    offset -= step * db;
    if (Math.abs(step * da) + Math.abs(step * db) < 1e-9) break;
  }
  return slope >= LEAST_SLOPE ? { slope, offset } : { slope: LEAST_SLOPE, offset };
}
