import { clipArea } from '../../core/pipeline/area.js';
import type { Inspection } from '../../core/types.js';
import { lookKey, type Look } from '../../detector/look.js';
import type { Detector } from '../../detector/types.js';

type Planner = Pick<Detector, 'model' | 'estimate'>;

const known = new WeakMap<
  Inspection,
  { readonly detector: Planner; readonly key: string; readonly isSame: boolean }
>();

/** Whether a photo was seen as this detector would see it, asked to look at it like that. */
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
  const { scale, planned } = detector.estimate({ width, height }, look);
  return input.scale === scale && input.tiles === planned;
}
