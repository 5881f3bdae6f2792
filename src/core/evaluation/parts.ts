/** A quality engineer's view: parts that should have been stopped, and parts that shouldn't. One image is one part. */
import type { ComparedImage } from './compared-image.js';
import type { Judgement } from './judgement.js';

export interface PartFigures {
  /** Places of the images; a part is rejected when anything at all is reported on it. */
  readonly defective: readonly number[];
  /** Defective, and nothing is reported. */
  readonly escaped: readonly number[];
  /** Defective and rejected, but none of its defects is found: rejected by luck. */
  readonly byLuck: readonly number[];
  /** Without any defect. */
  readonly good: readonly number[];
  /** Good, and something is reported (overkill). */
  readonly overkill: readonly number[];
  /** Detections on good parts. */
  readonly falseAlarmsOnGood: number;
  /** Only defects that are left out: neither good nor defective. */
  readonly leftOut: readonly number[];
}

export function partFigures(images: readonly ComparedImage[], judgements: readonly Judgement[]): PartFigures {
  const lists = {
    defective: [] as number[],
    escaped: [] as number[],
    byLuck: [] as number[],
    good: [] as number[],
    overkill: [] as number[],
    leftOut: [] as number[],
  };
  let falseAlarmsOnGood = 0;
  judgements.forEach(({ truths, detections }, i) => {
    const shown = detections.filter(({ outcome }) => outcome !== 'below').length;
    if (images[i]!.truths.length === 0) {
      lists.good.push(i);
      falseAlarmsOnGood += shown;
      if (shown > 0) lists.overkill.push(i);
    } else if (truths.every(({ outcome }) => outcome === 'ignored')) {
      lists.leftOut.push(i);
    } else {
      lists.defective.push(i);
      if (shown === 0) lists.escaped.push(i);
      else if (!truths.some(({ outcome }) => outcome === 'found' || outcome === 'confused')) {
        lists.byLuck.push(i);
      }
    }
  });
  return { ...lists, falseAlarmsOnGood };
}

/** What decides on a part where all classes have one threshold: the highest score on each, rising; 0 where nothing is found. */
export interface PartScores {
  readonly defective: readonly number[];
  readonly good: readonly number[];
}

/** @param images as the figures were made from. */
export function partScores(images: readonly ComparedImage[], { defective, good }: PartFigures): PartScores {
  const highest = (places: readonly number[]) =>
    places.map((place) => images[place]!.detections[0]?.score ?? 0).sort((a, b) => a - b);
  return { defective: highest(defective), good: highest(good) };
}

/** How many parts are rejected by one threshold, 0..1, for all classes. @param scores of `partScores` */
export const rejectedAt = (scores: readonly number[], threshold: number): number =>
  scores.filter((score) => score >= threshold).length;
