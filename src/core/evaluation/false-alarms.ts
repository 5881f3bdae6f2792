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
 * Counts the reported detections on images that have no annotation.
 *
 * @param reported what an assessment reports
 * @param options.imageIds evaluates these images only.
 */
export function falseAlarms(
  groundTruth: CocoDataset,
  reported: readonly CocoResult[],
  options: { readonly imageIds?: readonly number[] } = {},
): FalseAlarms {
  const annotated = new Set(groundTruth.annotations.map(({ image_id }) => image_id));
  const clean = new Set(
    imagesOf(groundTruth, options.imageIds)
      .map(({ id }) => id)
      .filter((id) => !annotated.has(id)),
  );
  const detections = reported.filter(({ image_id }) => clean.has(image_id)).length;
  return { detections, images: clean.size, perImage: detections / clean.size };
}
