/** Precision and recall of a class at every threshold there is. */
import type { Ranking } from './average-precision.js';
import { SCORE_FLOOR } from '../types.js';

/** What happens when detections down to a score are shown. */
export interface CurvePoint {
  /** The lowest score that is shown, 0..1. */
  readonly score: number;
  readonly hits: number;
  readonly falseAlarms: number;
  /** 0..1 */
  readonly recall: number;
  /** 0..1 */
  readonly precision: number;
}

export interface Curve {
  readonly truths: number;
  /** By falling score; one point per score that occurs. */
  readonly points: readonly CurvePoint[];
}

/** Empty without truths: there is no recall then. */
export function precisionRecall({ ranked, truths }: Ranking): Curve {
  const points: CurvePoint[] = [];
  if (truths === 0) return { truths, points };
  let hits = 0;
  ranked.forEach(({ score, isHit }, i) => {
    if (isHit) hits++;
    if (ranked[i + 1]?.score === score) return;
    points.push(pointOf(score, hits, i + 1 - hits, truths));
  });
  return { truths, points };
}

/** A curve as it is sent: many thousand objects would take long to be copied. */
export interface PackedCurve {
  readonly truths: number;
  /** Per point its score, hits and false alarms. */
  readonly rows: Float64Array;
}

export const packCurve = ({ truths, points }: Curve): PackedCurve => ({
  truths,
  rows: Float64Array.from(points.flatMap(({ score, hits, falseAlarms }) => [score, hits, falseAlarms])),
});

export function unpackCurve({ truths, rows }: PackedCurve): Curve {
  const points: CurvePoint[] = [];
  for (let i = 0; i < rows.length; i += 3) {
    points.push(pointOf(rows[i]!, rows[i + 1]!, rows[i + 2]!, truths));
  }
  return { truths, points };
}

const pointOf = (score: number, hits: number, falseAlarms: number, truths: number): CurvePoint => ({
  score,
  hits,
  falseAlarms,
  recall: hits / truths,
  precision: hits / (hits + falseAlarms),
});

/** The last point that a threshold shows; undefined when it shows nothing. */
export function pointAt({ points }: Curve, threshold: number): CurvePoint | undefined {
  return points.findLast(({ score }) => score >= threshold);
}

/** A threshold and what it leads to on these images. */
export interface Proposal {
  /** 0..1 */
  readonly threshold: number;
  /** Undefined when it is best to show nothing. */
  readonly point?: CurvePoint;
  /** F1, 0..1, or the cost in false alarms, whichever it was chosen by. */
  readonly value: number;
}

/** The harmonic mean of precision and recall, 0..1. */
export function f1({ truths }: Curve, { hits, falseAlarms }: CurvePoint): number {
  return (2 * hits) / (hits + falseAlarms + truths);
}

/** What missed defects and false alarms cost together, in false alarms, when a missed defect costs `ratio` of them. */
export function cost({ truths }: Curve, point: CurvePoint | undefined, ratio: number): number {
  return (truths - (point?.hits ?? 0)) * ratio + (point?.falseAlarms ?? 0);
}

/** The threshold of the highest F1; of equals the highest threshold. Undefined without truths or detections. */
export function bestByF1(curve: Curve): Proposal | undefined {
  let best: { at: number; value: number } | undefined;
  curve.points.forEach((point, at) => {
    const value = f1(curve, point);
    if (value > (best?.value ?? 0)) best = { at, value };
  });
  return best && propose(curve, best.at, best.value);
}

/**
 * The threshold of the lowest cost; of equals the highest threshold. That may be to show nothing.
 *
 * @param ratio what a missed defect costs, in false alarms; greater than 0.
 */
export function bestByCost(curve: Curve, ratio: number): Proposal | undefined {
  if (curve.points.length === 0) return undefined;
  let best = { at: -1, value: cost(curve, undefined, ratio) };
  curve.points.forEach((point, at) => {
    const value = cost(curve, point, ratio);
    if (value < best.value) best = { at, value };
  });
  return propose(curve, best.at, best.value);
}

/** Half way to the next lower score, so that a defect that scores a little lower tomorrow is still shown. */
function propose({ points }: Curve, at: number, value: number): Proposal {
  const point = points[at];
  const upper = point?.score ?? 1;
  const lower = points[at + 1]?.score ?? SCORE_FLOOR;
  const middle = Math.round(((upper + lower) / 2) * 1000) / 1000;
  // Rounding must not step over a score that lies close by.
  const threshold = middle > lower && middle <= upper ? middle : upper;
  return { threshold, value, ...(point && { point }) };
}
