import { rleUnion, sweepRles, type Rle } from '../regions/rle.js';
import { byImage, imagesOf, segmentationRle, type CocoDataset, type CocoResult } from './coco.js';

/** Detections below this score don't count. */
const MIN_SCORE = 0.5;

/** Numbers of pixels: in truth and detections, and in either. */
export interface PixelOverlap {
  readonly intersection: number;
  readonly union: number;
}

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
  const detections = byImage(results);
  return sumPixels(
    imagesOf(groundTruth, options.imageIds).map((image) =>
      pixelOverlap(
        (annotations.get(image.id) ?? []).map((item) => segmentationRle(item, image)),
        (detections.get(image.id) ?? [])
          .filter(({ score }) => score >= MIN_SCORE)
          .map((item) => ({ rle: segmentationRle(item, image), score: item.score })),
        [image.height, image.width],
      ),
    ),
  );
}

/** Of one image. @throws {RangeError} when a mask is of another size. */
export function pixelOverlap(
  truths: readonly Rle[],
  found: readonly { readonly rle: Rle; readonly score: number }[],
  size: Rle['size'],
): PixelOverlap {
  const counted = found.filter(({ score }) => score >= MIN_SCORE).map(({ rle }) => rle);
  let intersection = 0;
  let union = 0;
  sweepRles(rleUnion(truths, size), rleUnion(counted, size), (length, inTruth, inFound) => {
    if (inTruth && inFound) intersection += length;
    if (inTruth || inFound) union += length;
  });
  return { intersection, union };
}

/** 0..1; NaN where there is nothing. */
export function sumPixels(images: Iterable<PixelOverlap>): number {
  let intersection = 0;
  let union = 0;
  for (const image of images) {
    intersection += image.intersection;
    union += image.union;
  }
  return intersection / union;
}
