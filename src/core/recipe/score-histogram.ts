import { SCORE_FLOOR, type Detection } from '../types.js';

/** Bins between the floor score and 1, of a hundredth each. */
export const SCORE_BINS = 95;

/** How many detections of each class have a score in each bin, over some photos. */
export type ScoreHistogram = ReadonlyMap<number, Uint32Array>;

interface Scored {
  readonly detections: readonly Pick<Detection, 'classId' | 'score'>[];
}

const known = new WeakMap<Scored, ScoreHistogram>();

/** Of the detections on all photos together. Each photo is counted once and remembered, so that one more costs no more than itself. */
export function scoreHistogram(inspections: readonly Scored[]): ScoreHistogram {
  const all = new Map<number, Uint32Array>();
  for (const one of inspections) {
    for (const [classId, bins] of histogramOf(one)) {
      const sum = all.get(classId);
      if (sum) bins.forEach((count, bin) => (sum[bin]! += count));
      else all.set(classId, bins.slice());
    }
  }
  return all;
}

function histogramOf(inspection: Scored): ScoreHistogram {
  let bins = known.get(inspection);
  if (!bins) {
    bins = count(inspection.detections);
    known.set(inspection, bins);
  }
  return bins;
}

function count(detections: Scored['detections']): ScoreHistogram {
  const classes = new Map<number, Uint32Array>();
  for (const { classId, score } of detections) {
    let bins = classes.get(classId);
    if (!bins) classes.set(classId, (bins = new Uint32Array(SCORE_BINS)));
    bins[binOf(score)]! += 1;
  }
  return classes;
}

/** A score on an edge belongs to the bin above it, as a threshold there reports it. */
function binOf(score: number): number {
  const share = (score - SCORE_FLOOR) / (1 - SCORE_FLOOR);
  // Scores of two decimals that lie on an edge may fall short of it by rounding.
  return Math.max(0, Math.min(SCORE_BINS - 1, Math.floor(share * SCORE_BINS + 1e-9)));
}
