/**
 * An image's truths and detections with their overlaps: what every figure is made from. Overlaps are the costly part
 * and need the masks; with them known, masks can be forgotten, and thresholds be tried at no cost.
 */
import { IntricateOutlineError } from '../regions/polygon.js';
import { rleArea, rleBox, rleIou, type Rle } from '../regions/rle.js';
import { pixelOverlap, type PixelOverlap } from './pixel-iou.js';
import { segmentationRle, type CocoAnnotation, type CocoImage, type CocoResult } from './coco.js';

/** Stands for every class: in place of all classes' ids where classes don't matter. */
export const ANY_CLASS = 0;
/** Of a defect whose class the model doesn't know. */
export const OTHER_CLASS = -2;

export interface ComparedTruth {
  /** `ANY_CLASS` for an ignored region that excuses detections of all classes; or `OTHER_CLASS`. */
  readonly classId: number;
  /** A crowd, or a region that is left out: found or not, it counts neither way. */
  readonly isIgnored: boolean;
  /** Its place among the annotations that were given. */
  readonly source: number;
}

export interface ComparedDetection {
  readonly classId: number;
  /** 0..1 */
  readonly score: number;
}

export interface ComparedImage {
  /** In the order given, but crowds last. */
  readonly truths: readonly ComparedTruth[];
  /** By falling score. */
  readonly detections: readonly ComparedDetection[];
  /** Per detection its overlap, 0..1, with each truth, whatever their classes. */
  readonly overlaps: readonly (readonly number[])[];
  /** Absent where boxes were compared. */
  readonly pixels?: PixelOverlap;
}

/** One class of an image, ready to be matched. */
export interface ClassView {
  /** Places among the image's detections: those of the class, by falling score. */
  readonly detections: readonly number[];
  /** Places among the image's truths: those of the class, ignored ones last. */
  readonly truths: readonly number[];
  readonly counted: number;
  readonly overlaps: readonly (readonly number[])[];
}

/** @param most so many detections, the best, count. */
export function ofClass(image: ComparedImage, classId: number, most = Infinity): ClassView {
  const detections = places(image.detections, (one) => one.classId === classId).slice(0, most);
  const counted = places(image.truths, (one) => !one.isIgnored && one.classId === classId);
  const ignored = places(
    image.truths,
    (one) => one.isIgnored && (one.classId === classId || one.classId === ANY_CLASS),
  );
  const truths = [...counted, ...ignored];
  return {
    detections,
    truths,
    counted: counted.length,
    overlaps: detections.map((d) => truths.map((t) => image.overlaps[d]![t]!)),
  };
}

function places<T>(items: readonly T[], isWanted: (item: T) => boolean): number[] {
  return items.flatMap((item, i) => (isWanted(item) ? i : []));
}

/** The same image with one class instead of many: "any defect", those of other classes included. */
export function withoutClasses(image: ComparedImage): ComparedImage {
  const anonymous = <T extends object>(item: T) => ({ ...item, classId: ANY_CLASS });
  return { ...image, truths: image.truths.map(anonymous), detections: image.detections.map(anonymous) };
}

/** The same image for figures by class: a defect of another class is neither to be found nor a false alarm. */
export function withoutOthers(image: ComparedImage): ComparedImage {
  if (image.truths.every(({ classId }) => classId !== OTHER_CLASS)) return image;
  const truths = image.truths.map((truth) =>
    truth.classId === OTHER_CLASS ? { ...truth, classId: ANY_CLASS, isIgnored: true } : truth,
  );
  return { ...image, truths };
}

type SourcedAnnotation = CocoAnnotation & { readonly source: number };

function countedFirst(annotations: readonly CocoAnnotation[]): SourcedAnnotation[] {
  const all = annotations.map((annotation, source) => ({ ...annotation, source }));
  return [...all.filter(({ iscrowd }) => !iscrowd), ...all.filter(({ iscrowd }) => Boolean(iscrowd))];
}

/** By falling score, ties in the order given. */
const byScore = (results: readonly CocoResult[]): CocoResult[] =>
  [...results].sort((a, b) => b.score - a.score);

/** Runs that are gone through on one image: more would take many seconds, and are no outlines that anybody drew. */
const MAX_RUNS = 500e6;

/**
 * Compares masks.
 *
 * @throws {RangeError} when a segmentation is missing, malformed, of another size than the image or far too intricate.
 */
export function compareMasks(
  image: Pick<CocoImage, 'width' | 'height'>,
  annotations: readonly CocoAnnotation[],
  results: readonly CocoResult[],
): ComparedImage {
  const truths = countedFirst(annotations);
  const detections = byScore(results);
  const truthMasks = truths.map((truth) => toMask(segmentationRle(truth, image)));
  const masks = detections.map((detection) => toMask(segmentationRle(detection, image)));
  let runs = 0;
  const overlaps = masks.map((mask) =>
    truthMasks.map((truth, i) => {
      if (!mayOverlap(mask, truth)) return 0;
      runs += mask.rle.counts.length + truth.rle.counts.length;
      if (runs > MAX_RUNS) throw new IntricateOutlineError();
      return rleIou(mask.rle, truth.rle, Boolean(truths[i]!.iscrowd));
    }),
  );
  const pixels = pixelOverlap(
    truthMasks.map(({ rle }, i) => ({ rle, isIgnored: Boolean(truths[i]!.iscrowd) })),
    masks.map(({ rle }, i) => ({ rle, score: detections[i]!.score })),
    [image.height, image.width],
  );
  return { ...toCompared(truths, detections), overlaps, pixels };
}

/** Compares boxes; taken from the mask where they are missing. @throws {RangeError} when there is neither. */
export function compareBoxes(
  image: Pick<CocoImage, 'width' | 'height'>,
  annotations: readonly CocoAnnotation[],
  results: readonly CocoResult[],
): ComparedImage {
  const boxOf = (item: CocoAnnotation | CocoResult) => item.bbox ?? rleBox(segmentationRle(item, image));
  const truths = countedFirst(annotations);
  const detections = byScore(results);
  const truthBoxes = truths.map(boxOf);
  const overlaps = detections
    .map(boxOf)
    .map((box) => truthBoxes.map((truth, i) => boxIou(box, truth, Boolean(truths[i]!.iscrowd))));
  return { ...toCompared(truths, detections), overlaps };
}

function toCompared(
  truths: readonly SourcedAnnotation[],
  detections: readonly CocoResult[],
): Pick<ComparedImage, 'truths' | 'detections'> {
  return {
    truths: truths.map(({ category_id, iscrowd, source }) => ({
      classId: category_id,
      isIgnored: Boolean(iscrowd),
      source,
    })),
    detections: detections.map(({ category_id, score }) => ({ classId: category_id, score })),
  };
}

interface Mask {
  readonly rle: Rle;
  readonly box: readonly number[];
  readonly area: number;
}

const toMask = (rle: Rle): Mask => ({ rle, box: rleBox(rle), area: rleArea(rle) });

/** Most pairs lie apart, which their boxes tell at once. */
function mayOverlap(found: Mask, truth: Mask): boolean {
  const sameSize = found.rle.size[0] === truth.rle.size[0] && found.rle.size[1] === truth.rle.size[1];
  return !sameSize || boxIntersection(found.box, truth.box) > 0;
}

/** The area that two boxes `[x, y, width, height]` share. */
export function boxIntersection(a: readonly number[], b: readonly number[]): number {
  const width = Math.min(a[0]! + a[2]!, b[0]! + b[2]!) - Math.max(a[0]!, b[0]!);
  const height = Math.min(a[1]! + a[3]!, b[1]! + b[3]!) - Math.max(a[1]!, b[1]!);
  return width > 0 && height > 0 ? width * height : 0;
}

function boxIou(a: readonly number[], b: readonly number[], isCrowd: boolean): number {
  const intersection = boxIntersection(a, b);
  if (intersection === 0) return 0;
  const area = a[2]! * a[3]!;
  return intersection / (isCrowd ? area : area + b[2]! * b[3]! - intersection);
}
