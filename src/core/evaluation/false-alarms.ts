import { rleArea, rleIntersection, rleUnion } from '../regions/rle.js';
import { imagesOf, itemsByImage, segmentationRle, type CocoDataset, type CocoResult } from './coco.js';

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

/** A detection with less of its area on defects, whatever their class, is about something else. */
const MIN_ON_DEFECT = 0.1;

/** What a model reports where there is no defect, by the area that it was shown. */
export interface FalseAlarmDensity {
  /** Detections with less than a tenth of their area on a defect or a crowd. */
  readonly detections: number;
  /** Millions of pixels of all images. */
  readonly megapixels: number;
  /** NaN where there are no images. */
  readonly perMegapixel: number;
}

/**
 * Counts the reported detections that lie on no defect: beside one, or on an image without any. Comparable between photos
 * of any size, and between photos and their parts.
 *
 * @param reported what an assessment reports
 * @param options.imageIds evaluates these images only.
 * @throws {RangeError} when a segmentation is missing, malformed or of another size than its image.
 */
export function falseAlarmDensity(
  groundTruth: CocoDataset,
  reported: readonly CocoResult[],
  options: { readonly imageIds?: readonly number[] } = {},
): FalseAlarmDensity {
  let [detections, pixels] = [0, 0];
  for (const { image, truths, results } of itemsByImage(groundTruth, reported, options.imageIds)) {
    pixels += image.width * image.height;
    if (results.length === 0) continue;
    const defects = rleUnion(
      truths.map((truth) => segmentationRle(truth, image)),
      [image.height, image.width],
    );
    for (const result of results) {
      const rle = segmentationRle(result, image);
      if (rleIntersection(rle, defects) < MIN_ON_DEFECT * rleArea(rle)) detections++;
    }
  }
  return { detections, megapixels: pixels / 1e6, perMegapixel: detections / (pixels / 1e6) };
}
