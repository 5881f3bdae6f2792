/**
 * COCO's average precision, equal to pycocotools' COCOeval for the area range "all": IoU thresholds
 * .50:.05:.95, precision at 101 recalls, crowds ignored; its limit of 100 detections per image and class where it is asked for,
 * since photos in tiles have more.
 */
import { itemsByImage, type CocoDataset, type CocoResult } from './coco.js';
import { compareBoxes, compareMasks, ofClass, type ClassView, type ComparedImage } from './compared-image.js';
import { matchGreedily } from './matching.js';

/** `start + i * step` in the same floating-point steps as numpy's `linspace`, so that ties fall alike. */
function linspace(start: number, stop: number, count: number): number[] {
  const step = (stop - start) / (count - 1);
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? stop : start + i * step));
}

const IOU_THRESHOLDS = linspace(0.5, 0.95, 10);
/** COCOeval's. */
const MAX_DETECTIONS = 100;
const RECALLS = linspace(0, 1, 101);
const AT_50 = 0;
const AT_75 = 5;

export interface ClassPrecision {
  readonly id: number;
  readonly name: string;
  readonly AP: number;
  readonly AP50: number;
  readonly AP75: number;
  /** Ground truths that count: crowds left out. */
  readonly truths: number;
}

/** All 0..1. Classes without ground truth are left out; without any class the averages are NaN. */
export interface CocoEvaluation {
  readonly AP: number;
  readonly AP50: number;
  readonly AP75: number;
  readonly classes: readonly ClassPrecision[];
}

/** A detection as precision and recall see it. */
export interface Ranked {
  readonly score: number;
  readonly isHit: boolean;
  /** Place of its image among those given. */
  readonly image: number;
}

/** Detections of a class over all images, by falling score, ignored ones left out. */
export interface Ranking {
  readonly ranked: readonly Ranked[];
  readonly truths: number;
}

/**
 * Measures results against a ground truth. Results for images or classes outside it are left aside.
 *
 * @param options.iouType what overlaps: masks (`segm`) or boxes (`bbox`; taken from the mask where missing).
 * @param options.imageIds evaluates these images only.
 * @param options.maxDetections of each image and class, the best ones; 100 by default, as COCOeval.
 * @throws {RangeError} when a segmentation is missing or malformed.
 */
export function evaluateCoco(
  groundTruth: CocoDataset,
  results: readonly CocoResult[],
  options: {
    readonly iouType: 'segm' | 'bbox';
    readonly imageIds?: readonly number[];
    readonly maxDetections?: number;
  },
): CocoEvaluation {
  const known = new Set(groundTruth.categories.map(({ id }) => id));
  const found = results.filter(({ category_id }) => known.has(category_id));
  const compare = options.iouType === 'segm' ? compareMasks : compareBoxes;
  const images = itemsByImage(groundTruth, found, options.imageIds).map((one) =>
    compare(one.image, one.truths, one.results),
  );
  return evaluateImages(images, groundTruth.categories, options.maxDetections ?? MAX_DETECTIONS);
}

/** The same of images that are compared already. */
export function evaluateImages(
  images: readonly ComparedImage[],
  categories: readonly { readonly id: number; readonly name: string }[],
  maxDetections = Infinity,
): CocoEvaluation {
  const classes: ClassPrecision[] = [];
  for (const { id, name } of [...categories].sort((a, b) => a.id - b.id)) {
    const views = images.map((image) => ofClass(image, id, maxDetections));
    if (!views.some(({ counted }) => counted > 0)) continue;
    const precisions: number[] = [];
    let truths = 0;
    for (const level of IOU_THRESHOLDS) {
      const ranking = rank(images, views, level);
      precisions.push(averagePrecision(ranking));
      truths = ranking.truths;
    }
    classes.push({
      id,
      name,
      AP: mean(precisions),
      AP50: precisions[AT_50]!,
      AP75: precisions[AT_75]!,
      truths,
    });
  }
  return {
    AP: mean(classes.map(({ AP }) => AP)),
    AP50: mean(classes.map(({ AP50 }) => AP50)),
    AP75: mean(classes.map(({ AP75 }) => AP75)),
    classes,
  };
}

/** @param iou the overlap, 0..1, from which on a detection is a hit. */
export function rankClass(images: readonly ComparedImage[], classId: number, iou: number): Ranking {
  return rank(
    images,
    images.map((image) => ofClass(image, classId)),
    iou,
  );
}

function rank(images: readonly ComparedImage[], views: readonly ClassView[], iou: number): Ranking {
  const ranked = views
    .flatMap(({ detections, overlaps, counted }, image) => {
      const matches = matchGreedily(overlaps, counted, iou);
      return detections.flatMap((detection, i) => {
        const match = matches[i]!;
        if (match >= counted) return [];
        return { score: images[image]!.detections[detection]!.score, isHit: match >= 0, image };
      });
    })
    .sort((a, b) => b.score - a.score);
  return { ranked, truths: views.reduce((sum, { counted }) => sum + counted, 0) };
}

/** The mean over 101 recalls of the best precision at that recall or a higher one. NaN without truths. */
export function averagePrecision({ ranked, truths }: Ranking): number {
  return weightedPrecision(ranked, truths, () => 1);
}

/**
 * As if each image were there `weightOf` times.
 *
 * @param truths counted with these weights.
 */
export function weightedPrecision(
  ranked: readonly Ranked[],
  truths: number,
  weightOf: (image: number) => number,
): number {
  if (truths === 0) return NaN;
  let hits = 0;
  let seen = 0;
  const recall: number[] = [];
  const precision: number[] = [];
  for (const { isHit, image } of ranked) {
    const weight = weightOf(image);
    if (weight === 0) continue;
    seen += weight;
    if (isHit) hits += weight;
    recall.push(hits / truths);
    precision.push(hits / seen);
  }
  for (let i = precision.length - 2; i >= 0; i--) {
    precision[i] = Math.max(precision[i]!, precision[i + 1]!);
  }
  let at = 0;
  return mean(
    RECALLS.map((wanted) => {
      while (at < recall.length && recall[at]! < wanted) at++;
      return precision[at] ?? 0;
    }),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
