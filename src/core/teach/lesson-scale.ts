/** How finely all photos of a lesson are seen, and those that are inspected by what was learnt. */
import { ownScale } from '../pipeline/fit.js';
import { SEEN_SIDE } from '../pipeline/plan.js';
import type { Size } from '../rect.js';
import type { InputRule, Region } from '../types.js';
import type { LessonDoubt } from './check-lesson.js';

/** Network pixels of a photo's short side, at least, as far as the network enlarges photos. */
const SHORT_SIDE = 320;
/** Of the marks' longer sides so many are smaller than the one that decides. */
const SMALL_SHARE = 0.1;
/** Cells of all photos together: what is known of as many takes 210 MB, and of their turned views not half as much. */
const MAX_CELLS = 300_000;
/** The same where small marks ask for a finer look: five times what 15 photos have as usual, so that one stray dot doesn't make learning take minutes. */
const MAX_FINER_CELLS = 200_000;
/** Short sides differ by this factor at least, so that most edits of a lesson leave its scale, and all that was seen at it, as they are. */
const STEP = 2 ** (1 / 4);

export interface SizedPhoto extends Size {
  readonly marks: readonly { readonly region: Region }[];
}

export interface LessonScale {
  /** Network pixels. */
  readonly shortSide: number;
  /** Why small marks can't be seen as well as they should be, if so. */
  readonly doubt?: LessonDoubt;
}

/**
 * So fine that nine tenths of the marks are long enough to be seen; as far as the network enlarges photos, and memory allows. It is the short side that
 * photos have in common, not how many pixels a millimetre has: photos of one part by two cameras are alike then.
 *
 * @param photos one at least
 * @param cell network pixels per side of a cell
 */
export function lessonScale(
  photos: readonly SizedPhoto[],
  { maxUpscale }: Pick<InputRule, 'maxUpscale'>,
  cell: number,
): LessonScale {
  const scaleOf = (photo: Size, shortSide: number) => ownScale(photo, { shortSide, maxUpscale });
  /** Longer sides of the marks in network pixels, the smallest first. */
  const sidesAt = (shortSide: number) =>
    photos
      .flatMap((photo) => {
        const scale = scaleOf(photo, shortSide);
        return photo.marks.map(({ region }) => ({
          seen: Math.max(region.width, region.height) * scale,
          scale,
        }));
      })
      .sort((a, b) => a.seen - b.seen);
  const smallAt = (shortSide: number): number => {
    const sides = sidesAt(shortSide);
    return sides[Math.floor(SMALL_SHARE * (sides.length - 1))]?.seen ?? Infinity;
  };
  const cellsAt = (shortSide: number): number =>
    photos.reduce(
      (sum, photo) => sum + photo.width * photo.height * (scaleOf(photo, shortSide) / cell) ** 2,
      0,
    );
  let steps = Math.max(0, Math.ceil(Math.log(SEEN_SIDE / smallAt(SHORT_SIDE)) / Math.log(STEP)));
  const sideAt = (step: number) => Math.round(SHORT_SIDE * STEP ** step);
  const wanted = steps;
  while (cellsAt(sideAt(steps)) > (steps > 0 ? MAX_FINER_CELLS : MAX_CELLS)) steps--;
  const shortSide = sideAt(steps);
  if (smallAt(shortSide) >= SEEN_SIDE) return { shortSide };
  const small = sidesAt(shortSide).filter(({ seen }) => seen < SEEN_SIDE);
  const under = Math.ceil(SEEN_SIDE / Math.min(...small.map(({ scale }) => scale)));
  return {
    shortSide,
    doubt: { reason: steps < wanted ? 'photos-too-large' : 'marks-too-small', params: { under } },
  };
}
