/** How thoroughly a photo is looked at, where that is left open. */
import type { InputRule, Inspection } from '../types.js';
import { planViews, scaleFor, type Plan, type PlannedView } from './plan.js';

/** fast: in one view; thorough: in tiles, too; auto: thorough where that is needed and takes less than a minute. */
export type Detail = 'fast' | 'thorough' | 'auto';

export const DETAILS: readonly Detail[] = ['fast', 'thorough', 'auto'];

/** Where nobody says how small a defect may be, a photo that one view reduces more than that is looked at in tiles. */
const ENOUGH = 0.3;
/** Seconds: what takes longer is done only where somebody asks for it. */
const PATIENCE = 60;

export interface DetailOptions {
  readonly detail: Detail;
  /** Longer side of the smallest defect's box that matters, photo pixels. */
  readonly smallest?: number | undefined;
}

export interface ChosenPlan extends Pick<Inspection['input'], 'limitedBy'> {
  readonly plan: Plan;
}

/**
 * The plan that suits a photo.
 * @param secondsFor how long views take; undefined as long as nobody knows
 * @throws {RangeError} when the photo has no pixels
 */
export function choosePlan(
  photo: { readonly width: number; readonly height: number },
  rule: InputRule,
  { detail, smallest }: DetailOptions,
  secondsFor: (views: readonly PlannedView[]) => number | undefined,
): ChosenPlan {
  const scale = scaleFor(smallest, rule);
  const fast = planViews(photo, rule, { detail: 'fast', scale });
  if (detail === 'fast') return { plan: fast };
  const thorough = planViews(photo, rule, { detail: 'thorough', scale });
  if (detail === 'thorough') return { plan: thorough };
  if (fast.scale >= Math.min(scale, smallest === undefined ? ENOUGH : Infinity)) return { plan: fast };
  const seconds = secondsFor(thorough.views) ?? 0;
  return seconds < PATIENCE ? { plan: thorough } : { plan: fast, limitedBy: 'time' };
}
