/** What can be chosen of how photos are looked at, and what each choice comes to. */
import { DETAILS, type Detail } from '../../core/pipeline/detail.js';
import type { Size } from '../../core/rect.js';
import type { Box } from '../../core/types.js';
import type { Look } from '../../detector/look.js';
import type { Detector, Estimate } from '../../detector/types.js';
import type { PhotoEntry } from '../batch/photo-batch.js';
import { smallestSeen } from './seen-size.js';

type Planner = Required<Pick<Detector, 'estimate'>>;

/** How a photo would be inspected. */
export interface Way extends Estimate {
  /** Photo pixels below which no defect can be seen; undefined where none can be. */
  readonly limit: number | undefined;
}

export type Ways = Readonly<Record<Detail, Way>>;

export interface LookChoice extends Pick<Look, 'detail' | 'smallest'> {
  /** The photo that is shown, by each choice; undefined as long as its size or the model isn't known. */
  readonly ways: Ways | undefined;
  /** Photos that the choice is for. */
  readonly photos: number;
  /** Seconds that they would take, as far as that is known. Photos of unknown size count as large as the others are on average. */
  readonly secondsForAll: (detail: Detail) => number | undefined;
}

/** @param look of the photo that is shown */
export function lookChoice(
  photos: readonly PhotoEntry[],
  current: PhotoEntry | undefined,
  detector: Pick<Detector, 'estimate'> | undefined,
  { detail, smallest }: Look,
  looks: ReadonlyMap<number, Partial<Look>>,
): LookChoice {
  const planner = detector && canPlan(detector) ? detector : undefined;
  const size = current && sizeOf(current, looks.get(current.id)?.area);
  return {
    detail,
    smallest,
    ways: planner && size && waysOf(planner, size, smallest),
    photos: photos.length,
    secondsForAll: (way) => {
      if (!planner) return undefined;
      const sizes = photos.flatMap((entry) => sizeOf(entry, looks.get(entry.id)?.area) ?? []);
      return secondsFor(planner, sizes, photos.length, { detail: way, smallest });
    },
  };
}

const canPlan = (detector: Pick<Detector, 'estimate'>): detector is Planner =>
  detector.estimate !== undefined;

/** Of what is inspected of the photo, once that is known. */
function sizeOf({ partial, output }: PhotoEntry, area: Box | undefined): Size | undefined {
  if (area) return { width: Math.max(1, Math.round(area[2])), height: Math.max(1, Math.round(area[3])) };
  return (partial ?? output)?.image;
}

function waysOf(detector: Planner, size: Size, smallest: number | undefined): Ways {
  const wayOf = (detail: Detail): Way => {
    const estimate = detector.estimate(size, { detail, ...(smallest !== undefined && { smallest }) });
    return { ...estimate, limit: smallestSeen(estimate.scale, size) };
  };
  const [fast, thorough, auto] = DETAILS.map(wayOf) as [Way, Way, Way];
  return { fast, thorough, auto };
}

function secondsFor(
  detector: Planner,
  sizes: readonly Size[],
  photos: number,
  { detail, smallest }: Pick<Look, 'detail' | 'smallest'>,
): number | undefined {
  if (sizes.length === 0) return undefined;
  // Photos of a batch mostly come from one camera.
  const known = new Map<string, number | undefined>();
  let sum = 0;
  for (const { width, height } of sizes) {
    const key = `${width} ${height}`;
    if (!known.has(key)) {
      const options = { detail, ...(smallest !== undefined && { smallest }) };
      known.set(key, detector.estimate({ width, height }, options).seconds);
    }
    const seconds = known.get(key);
    if (seconds === undefined) return undefined;
    sum += seconds;
  }
  return (sum / sizes.length) * photos;
}
