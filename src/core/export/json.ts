import { assess } from '../recipe/assess.js';
import { recipeOf, type Visibility } from '../recipe/recipe.js';
import { rleToString } from '../regions/rle.js';
import { simplifyRing } from '../regions/simplify.js';
import type { Detection, Inspection } from '../types.js';
import { round } from './round.js';

/** Raised when a reader of the version before could no longer make sense of the file. */
const VERSION = 2;

/**
 * How far, in photo pixels, a point that is left out may lie from an outline. With the 0.05 px of tracing and rounding to a
 * hundredth, outlines stay within 0.1 px of the iso-line.
 */
const TOLERANCE = 0.04;

/**
 * Everything about the visible defects, in a versioned envelope: inspections as they are, but coordinates to a hundredth
 * of a pixel, and each mask's runs, which fill its box column by column, as COCO's compressed text. The same inspections
 * give the same text.
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
      detections: assess(inspection, recipeOf(threshold)).reported.map(plainDetection),
    })),
  });
}

function plainDetection({ networkBox, mask, contours, ...detection }: Detection) {
  return {
    ...detection,
    score: round(detection.score, 4),
    ...(networkBox && { networkBox: networkBox.map((value) => round(value, 2)) }),
    mask: { ...mask, counts: rleToString(mask) },
    contours: contours.map((ring) => Array.from(simplifyRing(ring, TOLERANCE), (value) => round(value, 2))),
  };
}
