import { rleArea, rleIntersection, rleUnion, type Rle } from '../regions/rle.js';
import { itemsByImage, segmentationRle, type CocoDataset, type CocoResult } from './coco.js';

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
 * Pixels of crowds that no other annotation holds count neither way.
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
  return sumPixels(
    itemsByImage(groundTruth, results, options.imageIds).map(({ image, truths, results: found }) =>
      pixelOverlap(
        truths.map((item) => ({ rle: segmentationRle(item, image), isIgnored: Boolean(item.iscrowd) })),
        found
          .filter(({ score }) => score >= MIN_SCORE)
          .map((item) => ({ rle: segmentationRle(item, image), score: item.score })),
        [image.height, image.width],
      ),
    ),
  );
}

/**
 * Of one image. Pixels that only ignored truths hold are left out: found or not, they count neither way.
 *
 * @throws {RangeError} when a mask is of another size.
 */
export function pixelOverlap(
  truths: readonly { readonly rle: Rle; readonly isIgnored: boolean }[],
  found: readonly { readonly rle: Rle; readonly score: number }[],
  size: Rle['size'],
): PixelOverlap {
  const masks = (isWanted: (truth: { readonly isIgnored: boolean }) => boolean) =>
    rleUnion(
      truths.filter(isWanted).map(({ rle }) => rle),
      size,
    );
  const reported = rleUnion(
    found.filter(({ score }) => score >= MIN_SCORE).map(({ rle }) => rle),
    size,
  );
  const counted = masks(({ isIgnored }) => !isIgnored);
  const intersection = rleIntersection(counted, reported);
  const union = rleArea(counted) + rleArea(reported) - intersection;
  if (truths.every(({ isIgnored }) => !isIgnored)) return { intersection, union };
  const excused = rleIntersection(
    masks(() => true),
    reported,
  );
  return { intersection, union: union - (excused - intersection) };
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
