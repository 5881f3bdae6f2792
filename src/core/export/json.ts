import { assess } from '../recipe/assess.js';
import { recipeOf, type Recipe, type Visibility } from '../recipe/recipe.js';
import { ringToText } from '../regions/ring-text.js';
import { rleToString } from '../regions/rle.js';
import { simplifyRing } from '../regions/simplify.js';
import { NO_REVIEW, type Review } from '../review/review.js';
import type { Detection, Inspection } from '../types.js';
import { distinctNames } from './names.js';
import { round } from './round.js';

/** Raised when a reader of the version before could no longer make sense of the file. */
const VERSION = 2;

/**
 * How far, in photo pixels, points that are left out may lie from an outline. With the 0.05 px of tracing and the 0.015 px of
 * rounding, outlines stay within 0.1 px of the iso-line.
 */
const SIMPLE = 0.035;

/**
 * Everything about the reported defects, in a versioned envelope. The same inspections give the same text. `docs/exports.md`
 * describes it: boxes in whole photo pixels; masks as COCO's compressed run lengths within the box (`size` is its height and
 * width); contours as texts, see `ringToText`, within 0.1 px of the mask's outline.
 *
 * @param options.threshold `auto` (default): each class's recommended one; a number, 0..1: one for all;
 *   or a person's own by model and class, which the envelope repeats.
 */
export function toJson(
  inspections: readonly Inspection[],
  { threshold = 'auto' }: { threshold?: Visibility } = {},
): string {
  return inspectionsToJson(inspections, recipeOf(threshold), NO_REVIEW);
}

/** What is reported by a recipe and a review; see `toJson`. */
export function inspectionsToJson(
  inspections: readonly Inspection[],
  recipe: Recipe,
  review: Review,
): string {
  const names = distinctNames(inspections.map(({ image }) => image.name));
  return JSON.stringify({
    format: 'defect-inspector',
    version: VERSION,
    threshold: heldAgainst(recipe),
    // A map of scores is for programs, and not what was reported.
    inspections: inspections.map(({ map: _, ...inspection }, i) => ({
      ...inspection,
      image: { ...inspection.image, name: names[i] },
      detections: assess(inspection, recipe, review).reported.map(plainDetection),
    })),
  });
}

/** Own thresholds are said where there are some. */
const heldAgainst = ({ threshold, own = {} }: Recipe) =>
  threshold === 'auto' && Object.keys(own).length > 0 ? own : threshold;

function plainDetection({ networkBox: _, mask, contours, ...detection }: Detection) {
  return {
    ...detection,
    score: round(detection.score, 4),
    mask: { size: [mask.height, mask.width], counts: rleToString(mask) },
    contours: contours.map((ring) => ringToText(simplifyRing(ring, SIMPLE))),
  };
}
