import { NO_REVIEW, type Review } from '../review/review.js';
import type { Detection, ModelInfo } from '../types.js';
import type { Recipe } from './recipe.js';
import { thresholdsOf } from './threshold.js';

/** What is assessed: an inspection, or as much of one as is at hand. */
export interface Assessable<D extends Scored = Detection> {
  readonly model: Pick<ModelInfo, 'hash' | 'classes'>;
  readonly detections: readonly D[];
}

type Scored = Pick<Detection, 'classId' | 'score'>;

/**
 * What is to be made of the detections, each list by falling score. Whatever somebody is to see, count, export or measure
 * is read off here.
 */
export interface Assessment<D extends Scored = Detection> {
  /** At or above their class's threshold, whether or not their class is hidden at the moment: what counts. */
  readonly reported: readonly D[];
  /** What each of them is called by: 1..n by falling score, so that none is skipped whatever lies below its threshold. */
  readonly numbers: ReadonlyMap<D, number>;
  /** The reported ones whose class is not hidden: what views show. */
  readonly shown: readonly D[];
  /** The reported ones whose class is hidden. */
  readonly hidden: readonly D[];
  /** Below their class's threshold. */
  readonly below: readonly D[];
  /** The score, 0..1, from which on detections of a class are reported. */
  readonly thresholdOf: (classId: number) => number;
}

const NONE: ReadonlySet<number> = new Set();

/**
 * The one place that decides what is visible. Pure: the same detections, recipe and review give the same assessment.
 * @param _review empty so far, but part of what an assessment depends on from the beginning
 * @param hiddenClasses ids of classes that a person has hidden. This concerns views alone; exports, evaluation and
 *   verdicts take `reported`.
 */
export function assess<D extends Scored = Detection>(
  { model, detections }: Assessable<D>,
  recipe: Recipe,
  _review: Review = NO_REVIEW,
  hiddenClasses: ReadonlySet<number> = NONE,
): Assessment<D> {
  const thresholdOf = thresholdsOf(model, recipe);
  const reported: D[] = [];
  const shown: D[] = [];
  const hidden: D[] = [];
  const below: D[] = [];
  for (const detection of detections) {
    if (detection.score < thresholdOf(detection.classId)) {
      below.push(detection);
      continue;
    }
    reported.push(detection);
    (hiddenClasses.has(detection.classId) ? hidden : shown).push(detection);
  }
  const numbers = new Map(reported.map((detection, i) => [detection, i + 1]));
  return { reported, numbers, shown, hidden, below, thresholdOf };
}
