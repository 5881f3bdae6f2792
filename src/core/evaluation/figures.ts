/** All figures of a model on a set of images, from images that are compared already. */
import type { ModelClass } from '../types.js';
import { evaluateImages, rankClass, type ClassPrecision, type Ranking } from './average-precision.js';
import { ANY_CLASS, ofClass, withoutClasses, withoutOthers, type ComparedImage } from './compared-image.js';
import { classCounts, confusion, type ClassCounts, type ConfusionCell } from './confusion.js';
import { precisionRecall, type Curve } from './curve.js';
import { bootstrapPrecision, type BootstrapOptions, type Interval } from './intervals.js';
import { judge, type Judgement } from './judgement.js';
import { FOUND_IOU } from './matching.js';
import { partFigures, type PartFigures } from './parts.js';
import { sumPixels } from './pixel-iou.js';
import type { Steps } from './steps.js';

export type EvaluatedClass = Pick<ModelClass, 'id' | 'name'>;

export const ANY_DEFECT: EvaluatedClass = { id: ANY_CLASS, name: 'any defect' };

/** What no threshold changes. */
export interface Precision {
  readonly AP: number;
  readonly AP50: number;
  readonly AP75: number;
  readonly AP50Interval: Interval;
  /** Of the defective area as a whole, classes aside. */
  readonly pixelIou: number;
  readonly classes: readonly ClassFigures[];
}

export interface ClassFigures extends EvaluatedClass {
  readonly truths: number;
  readonly detections: number;
  /** Absent without truths, and so are the interval and the curve's points. */
  readonly precision?: ClassPrecision;
  readonly AP50Interval: Interval;
  readonly curve: Curve;
}

/** What thresholds lead to. */
export interface Outcome {
  readonly judgements: readonly Judgement[];
  readonly cells: readonly ConfusionCell[];
  readonly counts: ReadonlyMap<number, ClassCounts>;
  readonly parts: PartFigures;
}

/** The images for figures by class, or for one of any defect. */
export const viewed = (images: readonly ComparedImage[], isAnyDefect: boolean): readonly ComparedImage[] =>
  images.map(isAnyDefect ? withoutClasses : withoutOthers);

/**
 * @param images as `viewed` gives them.
 * @param classes those that are told apart; `ANY_DEFECT` alone where classes don't matter.
 */
export function* measurePrecision(
  images: readonly ComparedImage[],
  classes: readonly EvaluatedClass[],
  options: BootstrapOptions = {},
): Steps<Precision> {
  const { AP, AP50, AP75, classes: precisions } = yield* evaluateImages(images, classes);
  const rankings: Ranking[] = [];
  for (const { id } of classes) {
    rankings.push(rankClass(images, id, FOUND_IOU));
    yield;
  }
  const truths = classes.map(({ id }) => images.map((image) => ofClass(image, id).counted));
  yield;
  const intervals = yield* bootstrapPrecision(rankings, truths, images.length, options);
  return {
    AP,
    AP50,
    AP75,
    AP50Interval: intervals.mean,
    pixelIou: sumPixels(images.flatMap(({ pixels }) => pixels ?? [])),
    classes: classes.map(({ id, name }, i) => {
      const precision = precisions.find((one) => one.id === id);
      return {
        id,
        name,
        truths: rankings[i]!.truths,
        detections: rankings[i]!.ranked.length,
        ...(precision && { precision }),
        AP50Interval: intervals.classes[i]!,
        curve: precisionRecall(rankings[i]!),
      };
    }),
  };
}

/** The score, 0..1, from which on detections of a class are shown. */
export type ThresholdOf = (classId: number) => number;

/**
 * Yields after each image.
 *
 * @param images as they were compared; thresholds are each class's own where classes don't matter, too.
 */
export function* applyThresholds(
  images: readonly ComparedImage[],
  classes: readonly EvaluatedClass[],
  thresholdOf: ThresholdOf,
  isAnyDefect: boolean,
): Steps<Outcome> {
  const judgements: Judgement[] = [];
  const views = viewed(images, isAnyDefect);
  for (const [i, { detections }] of images.entries()) {
    const isShown = (at: number) => detections[at]!.score >= thresholdOf(detections[at]!.classId);
    judgements.push(judge(views[i]!, isShown));
    yield;
  }
  const cells = confusion(views, judgements);
  return {
    judgements,
    cells,
    counts: new Map(classes.map(({ id }) => [id, classCounts(cells, id)])),
    parts: partFigures(views, judgements),
  };
}
