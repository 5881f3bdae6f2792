/** All figures of a model on a set of images, from images that are compared already. */
import { anyDefect } from '../../messages/evaluation-text.js';
import { assess, type Assessable } from '../recipe/assess.js';
import type { Recipe } from '../recipe/recipe.js';
import type { ModelClass } from '../types.js';
import { evaluateImages, rankClass, type ClassPrecision } from './average-precision.js';
import { ANY_CLASS, ofClass, withoutClasses, withoutOthers, type ComparedImage } from './compared-image.js';
import { classCounts, confusion, type ClassCounts, type ConfusionCell } from './confusion.js';
import { precisionRecall, type Curve } from './curve.js';
import { bootstrapPrecision, type BootstrapOptions, type Interval } from './intervals.js';
import { judge, type Judgement } from './judgement.js';
import { FOUND_IOU } from './matching.js';
import { partFigures, type PartFigures } from './parts.js';
import { sumPixels } from './pixel-iou.js';

export type EvaluatedClass = Pick<ModelClass, 'id' | 'name'>;

export const ANY_DEFECT: EvaluatedClass = { id: ANY_CLASS, name: anyDefect };

/** The classes that are told apart: the model's, or one for any defect. */
export const classesOf = (
  { classes }: { readonly classes: readonly EvaluatedClass[] },
  isAnyDefect: boolean,
): readonly EvaluatedClass[] => (isAnyDefect ? [ANY_DEFECT] : classes);

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
 * @param classes as `classesOf` gives them.
 */
export function measurePrecision(
  images: readonly ComparedImage[],
  classes: readonly EvaluatedClass[],
  options: BootstrapOptions = {},
): Precision {
  const { AP, AP50, AP75, classes: precisions } = evaluateImages(images, classes);
  const rankings = classes.map(({ id }) => rankClass(images, id, FOUND_IOU));
  const truths = classes.map(({ id }) => images.map((image) => ofClass(image, id).counted));
  const intervals = bootstrapPrecision(rankings, truths, images.length, options);
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

/**
 * What is reported by the recipe, and what becomes of it.
 *
 * @param images as they were compared; thresholds are each class's own where classes don't matter, too.
 */
export function applyThresholds(
  images: readonly ComparedImage[],
  model: Assessable['model'],
  recipe: Recipe,
  isAnyDefect: boolean,
): Outcome {
  const views = viewed(images, isAnyDefect);
  const judgements = images.map(({ detections }, i) => {
    const reported = new Set(assess({ model, detections }, recipe).reported);
    return judge(views[i]!, (at) => reported.has(detections[at]!));
  });
  const cells = confusion(views, judgements);
  return {
    judgements,
    cells,
    counts: new Map(classesOf(model, isAnyDefect).map(({ id }) => [id, classCounts(cells, id)])),
    parts: partFigures(views, judgements),
  };
}
