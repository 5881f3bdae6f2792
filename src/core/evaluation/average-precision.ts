/**
 * COCO's average precision, equal to pycocotools' COCOeval for the area range "all": IoU thresholds
 * .50:.05:.95, precision at 101 recalls, at most 100 detections per image and class, crowds ignored.
 */
import { MAX_DETECTIONS } from '../types.js';
import { rleBox, rleIou, type Rle } from '../rle.js';
import {
  byImage,
  imagesOf,
  segmentationRle,
  type CocoAnnotation,
  type CocoDataset,
  type CocoImage,
  type CocoResult,
} from './coco.js';

/** `start + i * step` in the same floating-point steps as numpy's `linspace`, so that ties fall alike. */
function linspace(start: number, stop: number, count: number): number[] {
  const step = (stop - start) / (count - 1);
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? stop : start + i * step));
}

const IOU_THRESHOLDS = linspace(0.5, 0.95, 10);
const RECALLS = linspace(0, 1, 101);
const AT_50 = 0;
const AT_75 = 5;

export interface ClassPrecision {
  readonly id: number;
  readonly name: string;
  readonly AP: number;
  readonly AP50: number;
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

/** One image's detections of a class, by falling score. */
interface Matches {
  readonly scores: readonly number[];
  /** Per IoU threshold, per detection. */
  readonly outcomes: readonly (readonly Outcome[])[];
  readonly truths: number;
}

type Outcome = 'hit' | 'miss' | 'ignored';

type Shape = { readonly rle: Rle } | { readonly box: readonly number[] };

/**
 * Measures results against a ground truth. Results for images or classes outside it are left aside.
 *
 * @param options.iouType what overlaps: masks (`segm`) or boxes (`bbox`; taken from the mask where missing).
 * @param options.imageIds evaluates these images only.
 * @throws {RangeError} when a segmentation is missing or malformed.
 */
export function evaluateCoco(
  groundTruth: CocoDataset,
  results: readonly CocoResult[],
  options: { readonly iouType: 'segm' | 'bbox'; readonly imageIds?: readonly number[] },
): CocoEvaluation {
  const images = imagesOf(groundTruth, options.imageIds);
  const categories = [...groundTruth.categories].sort((a, b) => a.id - b.id);
  const shapeOf = options.iouType === 'segm' ? maskShape : boxShape;

  const classes: ClassPrecision[] = [];
  const precisions: number[][] = [];
  for (const { id, name } of categories) {
    const isOfClass = (item: { category_id: number }) => item.category_id === id;
    const truths = byImage(groundTruth.annotations.filter(isOfClass));
    const found = byImage(results.filter(isOfClass));
    const matches = images.map((image) =>
      matchImage(image, truths.get(image.id) ?? [], found.get(image.id) ?? [], shapeOf),
    );
    const count = matches.reduce((sum, match) => sum + match.truths, 0);
    if (count === 0) continue;
    const precision = IOU_THRESHOLDS.map((_, level) => averagePrecision(matches, level, count));
    precisions.push(precision);
    classes.push({ id, name, AP: mean(precision), AP50: precision[AT_50]!, truths: count });
  }
  return {
    AP: mean(precisions.flat()),
    AP50: mean(precisions.map((p) => p[AT_50]!)),
    AP75: mean(precisions.map((p) => p[AT_75]!)),
    classes,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function maskShape(item: CocoAnnotation | CocoResult, image: CocoImage): Shape {
  return { rle: segmentationRle(item, image) };
}

function boxShape(item: CocoAnnotation | CocoResult, image: CocoImage): Shape {
  return { box: item.bbox ?? rleBox(segmentationRle(item, image)) };
}

function overlap(found: Shape, truth: Shape, isCrowd: boolean): number {
  if ('rle' in found && 'rle' in truth) return rleIou(found.rle, truth.rle, isCrowd);
  if ('box' in found && 'box' in truth) return boxIou(found.box, truth.box, isCrowd);
  return 0;
}

function boxIou(a: readonly number[], b: readonly number[], isCrowd: boolean): number {
  const width = Math.min(a[0]! + a[2]!, b[0]! + b[2]!) - Math.max(a[0]!, b[0]!);
  const height = Math.min(a[1]! + a[3]!, b[1]! + b[3]!) - Math.max(a[1]!, b[1]!);
  if (width <= 0 || height <= 0) return 0;
  const intersection = width * height;
  const area = a[2]! * a[3]!;
  return intersection / (isCrowd ? area : area + b[2]! * b[3]! - intersection);
}

/**
 * Gives every detection, best score first, the free ground truth that it overlaps most. Only a detection that
 * fits none may fall on a crowd, which takes any number of them and makes them ignored.
 */
function matchImage(
  image: CocoImage,
  annotations: readonly CocoAnnotation[],
  results: readonly CocoResult[],
  shapeOf: (item: CocoAnnotation | CocoResult, image: CocoImage) => Shape,
): Matches {
  const truths = annotations.filter(({ iscrowd }) => !iscrowd);
  const candidates = [...truths, ...annotations.filter(({ iscrowd }) => iscrowd)];
  const found = [...results].sort((a, b) => b.score - a.score).slice(0, MAX_DETECTIONS);
  const shapes = candidates.map((truth) => shapeOf(truth, image));
  const overlaps = found.map((result) => {
    const shape = shapeOf(result, image);
    return shapes.map((truth, i) => overlap(shape, truth, i >= truths.length));
  });
  const outcomes = IOU_THRESHOLDS.map((threshold) => {
    const taken = new Set<number>();
    return overlaps.map((row): Outcome => {
      // Of equal overlaps the last one counts, as in pycocotools.
      let best = -1;
      let least = threshold;
      row.forEach((iou, i) => {
        const isCrowd = i >= truths.length;
        if (taken.has(i) || iou < least || (isCrowd && best >= 0 && best < truths.length)) return;
        best = i;
        least = iou;
      });
      if (best < 0) return 'miss';
      if (best >= truths.length) return 'ignored';
      taken.add(best);
      return 'hit';
    });
  });
  return { scores: found.map(({ score }) => score), outcomes, truths: truths.length };
}

/** The mean over 101 recalls of the best precision at that recall or a higher one. */
function averagePrecision(matches: readonly Matches[], level: number, truths: number): number {
  const ranked = matches
    .flatMap(({ scores, outcomes }) => scores.map((score, i) => ({ score, outcome: outcomes[level]![i]! })))
    .filter(({ outcome }) => outcome !== 'ignored')
    .sort((a, b) => b.score - a.score);
  let hits = 0;
  const recall: number[] = [];
  const precision: number[] = [];
  ranked.forEach(({ outcome }, i) => {
    if (outcome === 'hit') hits++;
    recall.push(hits / truths);
    precision.push(hits / (i + 1));
  });
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
