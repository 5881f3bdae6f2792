/** How finely all photos of a lesson are seen, and those that are inspected by what was learnt. */
import { ownScale } from '../pipeline/fit.js';
import { SEEN_SIDE } from '../pipeline/plan.js';
import type { Size } from '../rect.js';
import { regionArea } from '../regions/region.js';
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
/** For marks that cover no cell by half, as scratches: twice the short side, of four times the cells. */
const NARROW_STEPS = 4;

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
 * So fine that nine tenths of the marks are long enough to be seen, and twice as fine as usual where more than a tenth is narrower than half a cell; as far as the
 * network enlarges photos, and memory allows. It is the short side that photos have in common, not how many pixels a millimetre has: photos of one part by two cameras are
 * alike then.
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
  /** What marks measure in network pixels, the smallest first. */
  const seenAt = (shortSide: number, measure: (region: Region) => number) =>
    photos
      .flatMap((photo) => {
        const scale = scaleOf(photo, shortSide);
        return photo.marks.map(({ region }) => ({ seen: measure(region) * scale, scale }));
      })
      .sort((a, b) => a.seen - b.seen);
  const smallAt = (shortSide: number, measure = longerSide): number => {
    const seen = seenAt(shortSide, measure);
    return seen[Math.floor(SMALL_SHARE * (seen.length - 1))]?.seen ?? Infinity;
  };
  const cellsAt = (shortSide: number): number =>
    photos.reduce(
      (sum, photo) => sum + photo.width * photo.height * (scaleOf(photo, shortSide) / cell) ** 2,
      0,
    );
  const sideAt = (step: number) => Math.round(SHORT_SIDE * STEP ** step);
  const wanted = Math.max(0, Math.ceil(Math.log(SEEN_SIDE / smallAt(SHORT_SIDE)) / Math.log(STEP)));
  const areNarrow = smallAt(SHORT_SIDE, meanWidth) < cell / 2;
  let steps = Math.max(wanted, areNarrow ? NARROW_STEPS : 0);
  while (cellsAt(sideAt(steps)) > (steps > 0 ? MAX_FINER_CELLS : MAX_CELLS)) steps--;
  const shortSide = sideAt(steps);
  if (smallAt(shortSide) >= SEEN_SIDE) return { shortSide };
  const small = seenAt(shortSide, longerSide).filter(({ seen }) => seen < SEEN_SIDE);
  const under = Math.ceil(SEEN_SIDE / Math.min(...small.map(({ scale }) => scale)));
  return {
    shortSide,
    doubt: { reason: steps < wanted ? 'photos-too-large' : 'marks-too-small', params: { under } },
  };
}

const longerSide = ({ width, height }: Region): number => Math.max(width, height);

/** Of a scratch its width, or up to 1.4 times as much where it runs diagonally. */
const meanWidth = (region: Region): number => regionArea(region) / longerSide(region);
