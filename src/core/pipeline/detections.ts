import { traceContours } from '../regions/contour.js';
import { maskArea } from '../regions/mask.js';
import { MAX_DETECTIONS, SCORE_FLOOR, type Box, type BoxMask, type Detection } from '../types.js';
import type { ModelMetadata } from '../types.js';

export interface FoundDetections {
  readonly detections: Detection[];
  /** Whether there may have been more: a cap was hit, here or in the network. */
  readonly truncated: boolean;
}

/** What a network found, before its mask is looked at. */
export interface Candidate {
  /** Its place in the network's output. */
  readonly index: number;
  readonly classId: number;
  /** 0..1; whatever is below the model's floor is left out. */
  readonly score: number;
  /** In photo pixels, within the photo: see `toPhotoBox`. */
  readonly box: Box;
}

/**
 * Candidates as detections: at or above the model's score floor and not empty within the photo, at most
 * `MAX_DETECTIONS`, by falling score (ties in the order given).
 * @param maskOf makes the mask of a candidate, in memory of its own
 */
export function buildDetections(
  candidates: readonly Candidate[],
  maskOf: (candidate: Candidate) => BoxMask,
  imageWidth: number,
  imageHeight: number,
  { classes, scoreFloor = SCORE_FLOOR }: Pick<ModelMetadata, 'classes' | 'scoreFloor'>,
): FoundDetections {
  const names = new Map(classes.map(({ id, name }) => [id, name]));
  const found = candidates
    .filter(({ score, box }) => score >= scoreFloor && box[2] > 0 && box[3] > 0)
    .sort((a, b) => b.score - a.score);
  const detections = found.slice(0, MAX_DETECTIONS).map((candidate, rank): Detection => {
    const { classId, score, box } = candidate;
    const mask = maskOf(candidate);
    return {
      id: rank + 1,
      classId,
      className: names.get(classId) ?? `class ${classId}`,
      score,
      box,
      mask,
      contours: traceContours(box, mask, imageWidth, imageHeight),
      area: maskArea({ box, mask }, imageWidth, imageHeight),
    };
  });
  return { detections, truncated: found.length > MAX_DETECTIONS };
}

/**
 * A box of the network, clipped to the photo.
 * @param scale network input pixels per photo pixel
 */
export function toPhotoBox(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  scale: number,
  imageWidth: number,
  imageHeight: number,
): Box {
  const clip = (value: number, limit: number) => Math.min(limit, Math.max(0, value / scale));
  const left = clip(x1, imageWidth);
  const top = clip(y1, imageHeight);
  return [left, top, clip(x2, imageWidth) - left, clip(y2, imageHeight) - top];
}
