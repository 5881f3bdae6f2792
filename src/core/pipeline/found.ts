/** What views of a photo have found, before it becomes the photo's detections. */
import type { Candidate, Reading, Shape } from '../families/family.js';
import { thresholdFor } from '../recipe/threshold.js';
import type { ScoreMap } from '../regions/score-map.js';
import { MAX_DETECTIONS, type Box, type Inspection, type ModelClass } from '../types.js';
import type { PlannedView } from './plan.js';

/** Something that a view has found, in pixels of the photo that was planned. */
export interface Found extends Shape {
  readonly classId: number;
  /** 0..1 */
  readonly score: number;
  /** As the network gave it, where it gave one. */
  readonly box?: Box;
}

/** What a view's run has brought. */
export interface SeenView {
  readonly view: PlannedView;
  /** At most `MAX_DETECTIONS`, by falling score. */
  readonly found: readonly Found[];
  /** Whether there may be more. */
  readonly isCapped: boolean;
  /** Boxes of what scores high enough to be reported, but whose mask is empty. In pixels of the photo that was planned. */
  readonly unmasked: readonly Box[];
  /** See `Inspection.novelty`. */
  readonly novelty?: number;
  /** In pixels of the photo that was planned, of families that score places. */
  readonly map?: ScoreMap;
  /** Milliseconds; decoding is counted once a photo. */
  readonly timing: Omit<Inspection['timing'], 'decode'>;
}

/**
 * Candidates of a view as what it found: by falling score (ties in the order given), in pixels of the photo; one without a pixel in the view is
 * dropped.
 * @param classes the model's, for the scores from which on they are reported
 */
export function findIn(
  { x, y, fit }: Pick<PlannedView, 'x' | 'y' | 'fit'>,
  { candidates, isCapped }: Pick<Reading, 'candidates' | 'isCapped'>,
  classes: readonly Pick<ModelClass, 'id' | 'threshold'>[],
): Pick<SeenView, 'found' | 'isCapped' | 'unmasked'> {
  const found: Found[] = [];
  const unmasked: Box[] = [];
  for (const candidate of [...candidates].sort((a, b) => b.score - a.score)) {
    if (found.length === MAX_DETECTIONS) return { found, isCapped: true, unmasked };
    const one = withShape(candidate);
    const { classId, score, box } = candidate;
    if (one) found.push(moved(one, x, y));
    else if (box && isVisible(box, fit.scale) && score >= thresholdFor(classId, 'auto', classes))
      unmasked.push(movedBox(box, x, y));
  }
  return { found, isCapped, unmasked };
}

/** Network pixels of the longer side: of what is smaller, hardly a network gives any pixels. */
const LEAST_SIDE = 8;

/** Whether a mask should have pixels. What is thinner than one may lie between the centres of pixels. */
const isVisible = ([, , width, height]: Box, scale: number): boolean =>
  Math.min(width, height) >= 1 && Math.max(width, height) * scale >= LEAST_SIDE;

const movedBox = ([left, top, width, height]: Box, right: number, down: number): Box => [
  left + right,
  top + down,
  width,
  height,
];

function withShape({ classId, score, box, shape }: Candidate): Found | undefined {
  const made = shape();
  return made && { classId, score, ...(box && { box }), ...made };
}

/** The same, so many pixels further to the right and down. */
export function moved(found: Found, right: number, down: number): Found {
  if (right === 0 && down === 0) return found;
  const { region, contours, box } = found;
  return {
    ...found,
    region: { ...region, x: region.x + right, y: region.y + down },
    contours: contours.map((ring) => ring.map((value, i) => value + (i % 2 === 0 ? right : down))),
    ...(box && { box: movedBox(box, right, down) }),
  };
}
