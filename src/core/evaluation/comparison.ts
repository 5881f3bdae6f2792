/** Two models on the same images: what the second one finds that the first one missed, and the other way round. */
import { rleIou, type Rle } from '../regions/rle.js';
import type { ComparedImage } from './compared-image.js';
import type { Case } from './confusion.js';
import type { Judgement } from './judgement.js';
import { FOUND_IOU, matchGreedily } from './matching.js';

/** A defect or false alarm and its places in both models' judgements. */
export interface Change<C extends Case = Case> {
  readonly image: number;
  readonly first?: C;
  readonly second?: C;
}

export interface TruthChanges<C extends Case = Case> {
  /** Found by the second model only. */
  readonly fixed: readonly Change<C>[];
  /** Found by the first model only. */
  readonly broken: readonly Change<C>[];
  readonly foundByBoth: readonly Change<C>[];
  readonly missedByBoth: readonly Change<C>[];
}

/** A model's images and what it made of them. */
export interface JudgedImages {
  readonly images: readonly ComparedImage[];
  readonly judgements: readonly Judgement[];
}

/**
 * Defects that either model found. Both must have been given the same images with the same annotations in the same
 * order. What one of the models leaves out, since it doesn't know the class, is no difference in quality.
 */
export function compareTruths(first: JudgedImages, second: JudgedImages): TruthChanges {
  const changes: Record<keyof TruthChanges, Change[]> = {
    fixed: [],
    broken: [],
    foundByBoth: [],
    missedByBoth: [],
  };
  const caseOf = (image: number, truth: number, detection: number | undefined): Case => ({
    image,
    truth,
    ...(detection !== undefined && { detection }),
  });
  first.judgements.forEach((judgement, image) => {
    const others = second.images[image]!.truths;
    judgement.truths.forEach((a, truth) => {
      const { source } = first.images[image]!.truths[truth]!;
      const other = others.findIndex((one) => one.source === source);
      const b = second.judgements[image]!.truths[other];
      if (!b || a.outcome === 'ignored' || b.outcome === 'ignored') return;
      changes[kindOf(a.outcome === 'found', b.outcome === 'found')].push({
        image,
        first: caseOf(image, truth, a.detection),
        second: caseOf(image, other, b.detection),
      });
    });
  });
  return changes;
}

function kindOf(byFirst: boolean, bySecond: boolean): keyof TruthChanges {
  if (byFirst) return bySecond ? 'foundByBoth' : 'broken';
  return bySecond ? 'fixed' : 'missedByBoth';
}

export interface FalseAlarmChanges<C extends Case = Case> {
  /** Raised by the first model only. */
  readonly gone: readonly Change<C>[];
  /** Raised by the second model only. */
  readonly added: readonly Change<C>[];
  readonly kept: readonly Change<C>[];
}

/** A model's false alarms on one image. */
export interface FalseAlarmMasks {
  readonly detections: readonly number[];
  readonly masks: readonly Rle[];
}

/** False alarms of both models are the same one when their masks overlap by half. */
export function compareFalseAlarms(
  image: number,
  first: FalseAlarmMasks,
  second: FalseAlarmMasks,
): FalseAlarmChanges {
  const overlaps = second.masks.map((mask) => first.masks.map((other) => rleIou(mask, other)));
  const matches = matchGreedily(overlaps, first.masks.length, FOUND_IOU);
  const kept = new Set(matches);
  const caseOf = (detection: number): Case => ({ image, detection });
  return {
    gone: first.detections.flatMap((detection, i) =>
      kept.has(i) ? [] : { image, first: caseOf(detection) },
    ),
    added: second.detections.flatMap((detection, i) =>
      matches[i]! < 0 ? { image, second: caseOf(detection) } : [],
    ),
    kept: second.detections.flatMap((detection, i) => {
      const match = matches[i]!;
      return match < 0 ? [] : { image, first: caseOf(first.detections[match]!), second: caseOf(detection) };
    }),
  };
}
