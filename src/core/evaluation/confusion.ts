/** Which class was taken for which. */
import type { ComparedImage } from './compared-image.js';
import type { Judgement } from './judgement.js';

/** In place of a class: nothing was reported, or there was nothing to report. */
export const NOTHING = -1;

/** A defect, a detection or a pair of them; places among those of the image. */
export interface Case {
  /** Place of the image among those given. */
  readonly image: number;
  readonly truth?: number;
  readonly detection?: number;
}

export interface ConfusionCell<C extends Case = Case> {
  /** The model's class, `NOTHING` where it missed. */
  readonly predicted: number;
  /** The true class, `NOTHING` for a false alarm. */
  readonly actual: number;
  readonly cases: readonly C[];
}

/** The cells that hold something. */
export function confusion(
  images: readonly ComparedImage[],
  judgements: readonly Judgement[],
): readonly ConfusionCell[] {
  const cells = new Map<string, { predicted: number; actual: number; cases: Case[] }>();
  const add = (predicted: number, actual: number, one: Case) => {
    const key = `${predicted} ${actual}`;
    const cell = cells.get(key) ?? { predicted, actual, cases: [] };
    cell.cases.push(one);
    cells.set(key, cell);
  };
  judgements.forEach((judgement, image) => {
    const { truths, detections } = images[image]!;
    judgement.truths.forEach(({ outcome, detection }, truth) => {
      if (outcome === 'ignored') return;
      const actual = truths[truth]!.classId;
      if (detection === undefined) add(NOTHING, actual, { image, truth });
      else add(detections[detection]!.classId, actual, { image, truth, detection });
    });
    judgement.detections.forEach(({ outcome }, detection) => {
      if (outcome === 'false-alarm') add(detections[detection]!.classId, NOTHING, { image, detection });
    });
  });
  return [...cells.values()];
}

/** How many of a class were found, confused and missed, and how many of its detections were wrong. */
export interface ClassCounts {
  readonly truths: number;
  readonly found: number;
  readonly confused: number;
  readonly missed: number;
  /** Detections of the class on no defect. */
  readonly falseAlarms: number;
  /** Detections of the class on a defect of another. */
  readonly mistaken: number;
}

export function classCounts(cells: readonly ConfusionCell[], classId: number): ClassCounts {
  const sum = (isWanted: (cell: ConfusionCell) => boolean) =>
    cells.filter(isWanted).reduce((count, { cases }) => count + cases.length, 0);
  const found = sum(({ predicted, actual }) => predicted === classId && actual === classId);
  const missed = sum(({ predicted, actual }) => predicted === NOTHING && actual === classId);
  const truths = sum(({ actual }) => actual === classId);
  return {
    truths,
    found,
    missed,
    confused: truths - found - missed,
    falseAlarms: sum(({ predicted, actual }) => predicted === classId && actual === NOTHING),
    mistaken: sum(
      ({ predicted, actual }) => predicted === classId && actual !== NOTHING && actual !== classId,
    ),
  };
}
