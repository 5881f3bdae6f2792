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

/**
 * Whether a photo was seen as this detector would see it, asked to look at it like that; be it in part, or by the choice of a moment at
 * which tiles were thought to take more or less time.
 */
export function isSeenAs(inspection: Inspection, detector: Planner, look: Look): boolean {
  const key = lookKey(look);
  const before = known.get(inspection);
  if (before?.detector === detector && before.key === key) return before.isSame;
  const isSame = compare(inspection, detector, look);
  known.set(inspection, { detector, key, isSame });
  return isSame;
}

function compare({ image, input, model }: Inspection, detector: Planner, { area, ...look }: Look): boolean {
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
  const isMatterOfTime = input.limitedBy === 'time' || now.limitedBy === 'time';
  if (look.detail === 'auto' && isMatterOfTime) return isPlanned('thorough') || isPlanned('fast');
  // Tiles that failed, or that there was no memory for, were asked for.
  const isGivenUp = input.limitedBy === 'memory' || input.limitedBy === 'failure';
  return isGivenUp ? now.detail === 'thorough' : isPlanned(look.detail);
}
