/** The one scale at which all photos of a lesson are seen, and those that are inspected by what was learnt. */
import { SEEN_SIDE } from '../pipeline/plan.js';
import type { Size } from '../rect.js';
import type { Region } from '../types.js';
import type { LessonDoubt } from './check-lesson.js';

/** Network pixels of a photo's short side, at least. */
const SHORT_SIDE = 320;
/** Of the marks' longer sides so many are smaller than the one that decides. */
const SMALL_SHARE = 0.1;
/** Cells of all photos together: what is known of as many takes 210 MB, and of their turned views not half as much. */
const MAX_CELLS = 300_000;
/** Scales differ by this factor at least, so that most edits of a lesson leave its scale, and all that was seen at it, as they are. */
const STEP = 2 ** (1 / 4);

export interface SizedPhoto extends Size {
  readonly marks: readonly { readonly region: Region }[];
}

export interface LessonScale {
  /** Network pixels per photo pixel. */
  readonly scale: number;
  /** Why small marks can't be seen as well as they should be, if so. */
  readonly doubt?: LessonDoubt;
}

/**
 * So large that photos have their short side, and nine tenths of the marks are long enough to be seen; as far as the network enlarges
 * photos, and memory allows.
 *
 * @param photos one at least
 * @param cell network pixels per side of a cell
 */
export function lessonScale(photos: readonly SizedPhoto[], maxUpscale: number, cell: number): LessonScale {
  const short = photos.map(({ width, height }) => Math.min(width, height)).sort((a, b) => a - b);
  const long = photos
    .flatMap(({ marks }) => marks.map(({ region }) => Math.max(region.width, region.height)))
    .sort((a, b) => a - b);
  const usual = SHORT_SIDE / short[short.length >> 1]!;
  const small = long[Math.floor(SMALL_SHARE * (long.length - 1))] ?? Infinity;
  const wanted = Math.max(usual, usual * stepped(SEEN_SIDE / small / usual, Math.ceil));
  const area = photos.reduce((sum, { width, height }) => sum + width * height, 0);
  const bound = cell * Math.sqrt(MAX_CELLS / area);
  const affordable = wanted <= bound ? wanted : usual * stepped(bound / usual, Math.floor);
  const scale = Math.min(maxUpscale, affordable);
  if (scale * small >= SEEN_SIDE) return { scale };
  const reason = affordable < maxUpscale ? 'photos-too-large' : 'marks-too-small';
  return { scale, doubt: { reason } };
}

const stepped = (factor: number, round: (steps: number) => number): number =>
  STEP ** round(Math.log(factor) / Math.log(STEP));
