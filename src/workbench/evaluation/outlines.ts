import { segmentationRle } from '../../core/evaluation/coco.js';
import { maskEdges } from '../../core/evaluation/edges.js';
import { rleBox } from '../../core/regions/rle.js';
import { toSegmentation } from '../../datasets/outline.js';
import type { Truth } from '../../datasets/types.js';
import type { PhotoOutlines } from './evaluator-api.js';
import type { Measured } from './measured-run.js';
import { fainterThan, nearestTo } from './shown-figures.js';

/**
 * What is drawn on the photo.
 *
 * @param image its place among those measured.
 * @param truths as the annotations have them.
 */
export function outlinesOf(measured: Measured, image: number, truths: readonly Truth[]): PhotoOutlines {
  const { width, height, detections } = measured.found[image]!;
  const judgement = measured.outcome.judgements[image]!;
  // What is spoken of is drawn: see `ShownCase`.
  const meant = new Set(
    judgement.truths.map(({ outcome }, truth) =>
      outcome === 'missed'
        ? (fainterThan(measured, image, truth) ?? nearestTo(measured, image, truth))
        : undefined,
    ),
  );
  return {
    width,
    height,
    truths: measured.images[image]!.truths.map(({ source }) => {
      const segmentation = toSegmentation(truths[source]!.outline, width, height);
      const rle = segmentationRle({ segmentation }, { width, height });
      return { box: rleBox(rle), lines: maskEdges(rle) };
    }),
    detections: judgement.detections.flatMap(({ outcome }, detection) => {
      const isReported = outcome !== 'below';
      if (!isReported && !meant.has(detection)) return [];
      const { classId, box, contours: rings } = detections[detection]!;
      return { detection, classId, isReported, box, rings };
    }),
  };
}
