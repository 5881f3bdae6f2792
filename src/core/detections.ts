import { traceContours } from './contour.js';
import type { InputFit } from './fit.js';
import { maskArea } from './mask.js';
import { MAX_DETECTIONS, type Box, type Detection, type ModelClass } from './types.js';

/** What the network returns for N detections. */
export interface RawDetections {
  /** [N, 4]: x1, y1, x2, y2 in input pixels. */
  readonly boxes: Float32Array;
  /** [N], 0..1 */
  readonly scores: Float32Array;
  /** [N], equal to `classes[].id`. */
  readonly labels: Int32Array | BigInt64Array;
  /** [N, maskSize, maskSize], probabilities over the box. */
  readonly masks: Float32Array;
  readonly maskSize: number;
}

/**
 * Turns the network's output into detections in photo pixels: at or above the score `floor` and not empty
 * within the photo, at most `MAX_DETECTIONS`, by falling score (ties in the network's order). Nothing returned shares
 * memory with `raw`. `truncated` says that the cap was hit, be it here or in the network.
 */
export function toDetections(
  raw: RawDetections,
  fit: Pick<InputFit, 'scale'>,
  imageWidth: number,
  imageHeight: number,
  classes: readonly Pick<ModelClass, 'id' | 'name'>[],
  floor: number,
): { detections: Detection[]; truncated: boolean } {
  const names = new Map(classes.map(({ id, name }) => [id, name]));
  const { scores, masks, maskSize: size } = raw;

  const found: { index: number; score: number; box: Box }[] = [];
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index]!;
    const box = toPhoto(raw.boxes.subarray(index * 4, index * 4 + 4), fit.scale, imageWidth, imageHeight);
    if (score >= floor && box[2] > 0 && box[3] > 0) found.push({ index, score, box });
  }
  found.sort((a, b) => b.score - a.score);

  const detections = found.slice(0, MAX_DETECTIONS).map(({ index, score, box }, rank): Detection => {
    const classId = Number(raw.labels[index]);
    const mask = { size, data: masks.slice(index * size * size, (index + 1) * size * size) };
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
  return { detections, truncated: scores.length >= MAX_DETECTIONS };
}

function toPhoto(corners: Float32Array, scale: number, width: number, height: number): Box {
  const clip = (value: number, limit: number) => Math.min(limit, Math.max(0, value / scale));
  const x1 = clip(corners[0]!, width);
  const y1 = clip(corners[1]!, height);
  return [x1, y1, clip(corners[2]!, width) - x1, clip(corners[3]!, height) - y1];
}
