/** From a detector's answer to a compared image. */
import type { Size } from '../rect.js';
import { regionToRle } from '../regions/region.js';
import type { Rle } from '../regions/rle.js';
import type { Detection } from '../types.js';
import type { CocoAnnotation } from './coco.js';
import { compareMasks, type ComparedImage } from './compared-image.js';

/** What a detection is compared and outlined by: what is kept of it. */
export type KeptDetection = Pick<Detection, 'classId' | 'score' | 'box' | 'mask' | 'contours'>;

export const keptOf = ({ classId, score, box, mask, contours }: Detection): KeptDetection => ({
  classId,
  score,
  box,
  mask,
  contours,
});

/** The detection's mask at the photo's size. */
export const detectionRle = ({ mask }: Pick<Detection, 'mask'>, width: number, height: number): Rle =>
  regionToRle(mask, width, height);

/**
 * Compares a photo's detections, by falling score, with its truths.
 *
 * @throws {RangeError} when an outline is malformed or of another size than the photo.
 */
export function comparePhoto(
  { width, height }: Size,
  truths: readonly CocoAnnotation[],
  detections: readonly KeptDetection[],
): ComparedImage {
  const results = detections.map((detection) => ({
    image_id: 0,
    category_id: detection.classId,
    score: detection.score,
    segmentation: detectionRle(detection, width, height),
  }));
  return compareMasks({ width, height }, truths, results);
}
