/** How thoroughly a photo is looked at, where that is left open. */
import type { Size } from '../rect.js';
import type { InputRule, Inspection } from '../types.js';
import { finestScale, layOut, type Layout, type Level } from './plan.js';

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

export interface ChosenLayout extends Pick<Inspection['input'], 'limitedBy'> {
  readonly layout: Layout;
}

/**
 * How the views that suit a photo are laid out.
 * @param secondsFor how long views take; undefined as long as nobody knows
 * @throws {RangeError} when the photo has no pixels
 */
export function chooseLayout(
  photo: Size,
  rule: InputRule,
  { detail, smallest }: DetailOptions,
  secondsFor: (levels: readonly Level[]) => number | undefined,
): ChosenLayout {
  const scale = finestScale(photo, rule, smallest);
  const fast = layOut(photo, rule, { detail: 'fast', scale });
  if (detail === 'fast') return { layout: fast };
  const thorough = layOut(photo, rule, { detail: 'thorough', scale });
  if (detail === 'thorough') return { layout: thorough, ...limitOf(thorough) };
  if (fast.scale >= Math.min(scale, smallest === undefined && !rule.hasOneScale ? ENOUGH : Infinity))
    return { layout: fast };
  const seconds = secondsFor(thorough.levels) ?? 0;
  return seconds < PATIENCE
    ? { layout: thorough, ...limitOf(thorough) }
    : { layout: fast, limitedBy: 'time' };
}

/** What a plan says about itself. */
export const limitOf = ({ isCapped }: Pick<Layout, 'isCapped'>): Pick<Inspection['input'], 'limitedBy'> =>
  isCapped ? { limitedBy: 'views' } : {};
