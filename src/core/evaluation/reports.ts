import { itemsByImage, type CocoDataset, type CocoResult } from './coco.js';
import { compareMasks } from './compared-image.js';
import { judge } from './judgement.js';

/** Reported detections; what lies on a crowd is left out. */
export interface Reports {
  /** On a defect of their class that no other one has taken. */
  readonly right: number;
  readonly wrong: number;
  /** Of the wrong ones: those of classes that the ground truth doesn't have. */
  readonly foreign: number;
}

/**
 * Counts what is reported, whatever its class: one that the ground truth doesn't have can't be right.
 *
 * @param reported what an assessment reports
 * @param options.imageIds evaluates these images only.
 * @throws {RangeError} when a segmentation is missing or malformed.
 */
export function countReports(
  groundTruth: CocoDataset,
  reported: readonly CocoResult[],
  options: { readonly imageIds?: readonly number[] } = {},
): Reports {
  const known = new Set(groundTruth.categories.map(({ id }) => id));
  let [right, wrong, foreign] = [0, 0, 0];
  for (const { image, truths, results } of itemsByImage(groundTruth, reported, options.imageIds)) {
    const compared = compareMasks(image, truths, results);
    const { detections } = judge(compared, () => true);
    detections.forEach(({ outcome }, at) => {
      if (outcome === 'hit') right++;
      if (outcome !== 'confused' && outcome !== 'false-alarm') return;
      wrong++;
      if (!known.has(compared.detections[at]!.classId)) foreign++;
    });
  }
  return { right, wrong, foreign };
}
