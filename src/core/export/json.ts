import { rasterizeBox } from '../regions/mask.js';
import { encodeBitmap, rleToString } from '../regions/rle.js';
import { assess } from '../recipe/assess.js';
import { recipeOf, type Visibility } from '../recipe/recipe.js';
import type { Detection, Inspection } from '../types.js';
import { round } from './round.js';

/** Raised when a reader of version 1 could no longer make sense of the file. */
const VERSION = 1;

/**
 * Everything about the visible defects, in a versioned envelope: inspections as they are, but each mask as
 * COCO run-length encoding at photo size, and coordinates to a hundredth of a pixel. The same inspections give
 * the same text.
 *
 * @param options.threshold `auto` (default): each class's recommended one; a number, 0..1: one for all;
 *   or a person's own by model and class, which the envelope repeats.
 */
export function toJson(
  inspections: readonly Inspection[],
  { threshold = 'auto' }: { threshold?: Visibility } = {},
): string {
  return JSON.stringify({
    format: 'defect-inspector',
    version: VERSION,
    threshold,
    inspections: inspections.map((inspection) => ({
      ...inspection,
      detections: assess(inspection, recipeOf(threshold)).reported.map((detection) =>
        plainDetection(detection, inspection.image),
      ),
    })),
  });
}

function plainDetection(detection: Detection, { width, height }: Inspection['image']) {
  const rle = encodeBitmap(rasterizeBox(detection, width, height), width, height);
  return {
    ...detection,
    score: round(detection.score, 4),
    box: detection.box.map((value) => round(value, 2)),
    mask: { size: rle.size, counts: rleToString(rle) },
    contours: detection.contours.map((ring) => Array.from(ring, (value) => round(value, 2))),
  };
}
