/** From a detector's answer to a compared image. */
import { regionToRle } from '../regions/region.js';
import type { Rle } from '../regions/rle.js';
import type { Detection } from '../types.js';
import type { CocoAnnotation, CocoResult } from './coco.js';
import { compareMasks, type ComparedImage } from './compared-image.js';
import type { Steps } from './steps.js';

/** What a detection is compared by, and what is kept of it. */
export type KeptDetection = Pick<Detection, 'classId' | 'score' | 'box' | 'mask' | 'contours'>;

/** The detection's mask at the photo's size. */
export const detectionRle = ({ mask }: Pick<Detection, 'mask'>, width: number, height: number): Rle =>
  regionToRle(mask, width, height);

/**
 * Compares a photo's detections, by falling score, with its truths. Yields after each mask.
 *
 * @throws {RangeError} when an outline is malformed or of another size than the photo.
 */
export function* comparePhoto(
  { width, height }: { readonly width: number; readonly height: number },
  truths: readonly CocoAnnotation[],
  detections: readonly KeptDetection[],
): Steps<ComparedImage> {
  const results: CocoResult[] = [];
  for (const detection of detections) {
    const { classId, score } = detection;
    const segmentation = detectionRle(detection, width, height);
    results.push({ image_id: 0, category_id: classId, score, segmentation });
    yield;
  }
  return yield* compareMasks({ width, height }, truths, results);
}
