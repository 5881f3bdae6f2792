import { DEFAULT_THRESHOLD } from '../recipe/threshold.js';
import { imagesOf, type CocoDataset, type CocoResult } from './coco.js';

/** What a model reports on images without annotations. */
export interface FalseAlarms {
  readonly detections: number;
  /** Images without annotations. */
  readonly images: number;
  /** NaN where there are no such images. */
  readonly perImage: number;
}

/**
 * Counts the detections at or above their class's threshold on images that have no annotation.
 *
 * @param thresholds by category id; .5 for classes without one.
 * @param options.imageIds evaluates these images only.
 */
export function falseAlarms(
  groundTruth: CocoDataset,
  results: readonly CocoResult[],
  thresholds: ReadonlyMap<number, number>,
  options: { readonly imageIds?: readonly number[] } = {},
): FalseAlarms {
  const annotated = new Set(groundTruth.annotations.map(({ image_id }) => image_id));
  const clean = new Set(
    imagesOf(groundTruth, options.imageIds)
      .map(({ id }) => id)
      .filter((id) => !annotated.has(id)),
  );
  const detections = results.filter(
    ({ image_id, category_id, score }) =>
      clean.has(image_id) && score >= (thresholds.get(category_id) ?? DEFAULT_THRESHOLD),
  ).length;
  return { detections, images: clean.size, perImage: detections / clean.size };
}
