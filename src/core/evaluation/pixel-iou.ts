import { rleUnion, sweepRles } from '../rle.js';
import { byImage, imagesOf, segmentationRle, type CocoDataset, type CocoResult } from './coco.js';

/** Detections below this score don't count. */
const MIN_SCORE = 0.5;

/**
 * How well the defective area as a whole is found, classes aside: per image the union of all masks with a
 * score of at least .5 against the union of all annotations; the sum of the intersections over the sum of the unions.
 *
 * @param options.imageIds evaluates these images only.
 * @returns 0..1; NaN where there is neither truth nor detection.
 * @throws {RangeError} when a segmentation is missing, malformed or of another size than its image.
 */
export function pixelIou(
  groundTruth: CocoDataset,
  results: readonly CocoResult[],
  options: { readonly imageIds?: readonly number[] } = {},
): number {
  const annotations = byImage(groundTruth.annotations);
  const detections = byImage(results.filter(({ score }) => score >= MIN_SCORE));
  let intersection = 0;
  let union = 0;
  for (const image of imagesOf(groundTruth, options.imageIds)) {
    const size = [image.height, image.width] as const;
    const [truth, found] = [annotations, detections].map((source) =>
      rleUnion(
        (source.get(image.id) ?? []).map((item) => segmentationRle(item, image)),
        size,
      ),
    );
    sweepRles(truth!, found!, (length, inTruth, inFound) => {
      if (inTruth && inFound) intersection += length;
      if (inTruth || inFound) union += length;
    });
  }
  return intersection / union;
}
