import { clipArea } from '../../core/pipeline/area.js';
import { isInPart } from '../../core/in-part.js';
import type { Detail } from '../../core/pipeline/detail.js';
import type { Inspection } from '../../core/types.js';
import { lookKey, type Look } from '../../detector/look.js';
import type { Detector } from '../../detector/types.js';

type Planner = Pick<Detector, 'model' | 'estimate'>;

const known = new WeakMap<
  Inspection,
  { readonly detector: Planner; readonly key: string; readonly isSame: boolean }
>();

/** What was asked for when a photo came out like that, by the key of the look. */
const asked = new WeakMap<Inspection, string>();

export function noteAsked(inspection: Inspection, look: Look): void {
  asked.set(inspection, lookKey(look));
}

/**
 * Whether a photo was seen as this detector would see it, asked to look at it like that; be it in part, or by the choice of a moment at
 * which tiles were thought to take more or less time.
 */
export function isSeenAs(inspection: Inspection, detector: Planner, look: Look): boolean {
  const key = lookKey(look);
  const before = known.get(inspection);
  if (before?.detector === detector && before.key === key) return before.isSame;
  const isAsked = asked.has(inspection) ? asked.get(inspection) === key : undefined;
  const isSame = compare(inspection, detector, look, isAsked);
  known.set(inspection, { detector, key, isSame });
  return isSame;
}

/** @param isAsked whether it was looked at by the same wish, where that is known */
function compare(
  { image, input, model }: Inspection,
  detector: Planner,
  { area, ...look }: Look,
  isAsked: boolean | undefined,
): boolean {
  const part = area && clipArea(area, image);
  if (model.hash !== detector.model.hash || String(part) !== String(input.area)) return false;
  const [, , width, height] = part ?? [0, 0, image.width, image.height];
  const estimate = detector.estimate?.bind(detector);
  // Of a detector that can't tell, the detail is all that is known.
  if (!estimate) return look.detail === 'auto' || look.detail === input.detail;
  const isPlanned = (detail: Detail) => {
    const { scale, planned } = estimate({ width, height }, { ...look, detail });
    // What was seen in part may lack its finest views.
    return input.planned === planned && (isInPart({ input }) || input.scale === scale);
  };
  const now = estimate({ width, height }, look);
  // Another wish may take less time.
  if (isAsked === false && input.limitedBy === 'time' && now.limitedBy === undefined)
    return isPlanned(now.detail);
  const isMatterOfTime = input.limitedBy === 'time' || now.limitedBy === 'time';
  if (look.detail === 'auto' && isMatterOfTime) return isPlanned('thorough') || isPlanned('fast');
  // Tiles that failed, or that there was no memory for, were asked for.
  const isGivenUp = input.limitedBy === 'memory' || input.limitedBy === 'failure';
  return isGivenUp ? now.detail === 'thorough' : isPlanned(look.detail);
}
