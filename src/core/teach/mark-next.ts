/** Where a person's answer tells most. */
import type { ScoreMap } from '../regions/score-map.js';
import { calibrate } from '../calibration.js';
import type { LearntHead } from './learnt.js';
import { boundedLogit } from '../logit.js';

/** So many places are proposed. */
const MOST = 5;

export interface Unsure {
  /** Index of the photo. */
  readonly photo: number;
  /** In photo pixels. */
  readonly x: number;
  readonly y: number;
  /** How far the calibrated score lies from the threshold, in logits. */
  readonly distance: number;
}

/**
 * The photos about which a model is least sure, the least sure first, and the place in each: of the cells that score higher than all around them, the one
 * whose score lies nearest to the threshold.
 *
 * @param photos the maps of each photo's views; those of the lesson are left out by whoever asks
 */
export function markNext(
  photos: readonly (readonly ScoreMap[])[],
  { threshold, calibration }: Pick<LearntHead, 'threshold' | 'calibration'>,
  most = MOST,
): Unsure[] {
  const limit = boundedLogit(threshold);
  return photos
    .flatMap((maps, photo) => {
      const unsure = maps
        .flatMap((map) =>
          peaks(map).map(({ x, y, score }) => ({
            photo,
            x,
            y,
            distance: Math.abs(boundedLogit(calibrate(score, calibration)) - limit),
          })),
        )
        .sort((a, b) => a.distance - b.distance);
      return unsure.slice(0, 1);
    })
    .sort((a, b) => a.distance - b.distance || a.photo - b.photo)
    .slice(0, most);
}

/** Cells that no cell around them exceeds, by the highest score of their classes. */
function peaks(map: ScoreMap): { readonly x: number; readonly y: number; readonly score: number }[] {
  const { width, height, classes, data } = map;
  const count = width * height;
  const highest = data.slice(0, count);
  for (let i = count; i < classes * count; i++) highest[i % count] = Math.max(highest[i % count]!, data[i]!);
  const found = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const score = highest[row * width + column]!;
      if (isExceeded(highest, map, column, row, score)) continue;
      found.push({ x: map.x + (column + 0.5) * map.step, y: map.y + (row + 0.5) * map.step, score });
    }
  }
  return found;
}

function isExceeded(
  scores: Float32Array,
  { width, height }: ScoreMap,
  column: number,
  row: number,
  score: number,
): boolean {
  for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
      if (scores[y * width + x]! > score) return true;
    }
  }
  return false;
}
