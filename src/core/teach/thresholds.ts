/** Thresholds by what comes of them on photos that were left out while learning. */
import { cost, f1, type Curve, type CurvePoint } from '../evaluation/curve.js';
import { logit, sigmoid } from '../logit.js';

/** What was found on a photo that was left out. */
export interface CountedPhoto {
  /** Is there a mark in the photo? */
  readonly isMarked: boolean;
  /** All that there are. */
  readonly regions: readonly {
    /** 0..1 */
    readonly score: number;
    /** Does it touch a mark? */
    readonly isOnMark: boolean;
    /** And agrees with it well enough: see `agreement`. */
    readonly isFind: boolean;
  }[];
}

/**
 * What every threshold leads to, counted by photos: a marked photo with a region that agrees with its marks is a hit, without one a miss; a region
 * that touches no mark is a false alarm, wherever it lies.
 */
export function photoCurve(photos: readonly CountedPhoto[]): Curve {
  const events = photos.flatMap(({ regions }) => {
    const finds = regions.flatMap(({ score, isFind }) => (isFind ? score : []));
    const alarms = regions.flatMap(({ score, isOnMark }) =>
      isOnMark ? [] : { score, hits: 0, falseAlarms: 1 },
    );
    return finds.length > 0 ? [{ score: Math.max(...finds), hits: 1, falseAlarms: 0 }, ...alarms] : alarms;
  });
  events.sort((a, b) => b.score - a.score);
  const truths = photos.filter(({ isMarked }) => isMarked).length;
  const points: CurvePoint[] = [];
  let [hits, falseAlarms] = [0, 0];
  events.forEach((event, i) => {
    hits += event.hits;
    falseAlarms += event.falseAlarms;
    if (events[i + 1]?.score === event.score) return;
    points.push({
      score: event.score,
      hits,
      falseAlarms,
      recall: hits / truths,
      precision: hits / (hits + falseAlarms),
    });
  });
  return { truths, points };
}

export interface ChosenThreshold {
  /** 0..1 */
  readonly threshold: number;
  readonly hits: number;
  readonly falseAlarms: number;
  /** 0..1 */
  readonly f1: number;
}

/**
 * The middle of the widest stretch of thresholds that are best: by F1, or by cost where a ratio is given. Widths and middle are those of
 * the scores' logits. Undefined where no threshold finds anything.
 *
 * @param floor 0..1: there are no regions with a lower score
 * @param costRatio what a missed photo costs, in false alarms; above 0
 */
export function chooseThreshold(
  curve: Curve,
  floor: number,
  costRatio?: number,
): ChosenThreshold | undefined {
  const { points } = curve;
  const worth = points.map((point) =>
    costRatio === undefined ? f1(curve, point) : -cost(curve, point, costRatio),
  );
  const best = Math.max(...worth.filter((_, i) => points[i]!.hits > 0));
  const place = (score: number) => logit(Math.min(1 - 1e-9, Math.max(1e-9, score)));
  let widest: { readonly width: number; readonly middle: number; readonly point: CurvePoint } | undefined;
  for (let i = 0; i < points.length; i++) {
    if (points[i]!.hits === 0 || worth[i]! < best) continue;
    const from = i;
    while (i + 1 < points.length && worth[i + 1]! >= best) i++;
    const high = place(points[from]!.score);
    const low = place(points[i + 1]?.score ?? floor);
    if (!widest || high - low > widest.width) {
      widest = { width: high - low, middle: (high + low) / 2, point: points[from]! };
    }
  }
  if (!widest) return undefined;
  const { hits, falseAlarms } = widest.point;
  return { threshold: sigmoid(widest.middle), hits, falseAlarms, f1: f1(curve, widest.point) };
}

/**
 * The score from which on a photo is unlike good ones, where good photos alone are known: the highest that one of them had while it was
 * left out, and a margin on top, which follows how much they differ.
 *
 * @param scores of each good photo, learnt from the others; not empty
 * @param margin standard deviations of these scores
 */
export function goodThreshold(scores: readonly number[], margin: number): number {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / Math.max(1, scores.length - 1));
  return Math.max(LEAST_DISTANCE, Math.max(...scores) + margin * deviation);
}

/** Less is rounding: of photos that hold the same cells. */
const LEAST_DISTANCE = 1e-6;

/**
 * The share of good photos that will exceed the highest of `count` others, expected before any is seen: all of count + 1 are as likely to
 * be the highest. Fewer photos can't promise less.
 */
export const falseAlarmShare = (count: number): number => 1 / (count + 1);
