/** One model's run over a dataset, as the evaluator keeps and measures it. */
import type { ClassMapping } from '../../core/evaluation/class-mapping.js';
import type { CocoAnnotation } from '../../core/evaluation/coco.js';
import { ANY_CLASS, OTHER_CLASS, type ComparedImage } from '../../core/evaluation/compared-image.js';
import {
  applyThresholds,
  classesOf,
  measurePrecision,
  viewed,
  type Outcome,
  type Precision,
} from '../../core/evaluation/figures.js';
import { comparePhoto } from '../../core/evaluation/photo.js';
import { proposeThresholds, withThresholds } from '../../core/evaluation/proposals.js';
import type { RunDetail } from './run-detail.js';
import type { Recipe } from '../../core/recipe/recipe.js';
import { thresholdsOf } from '../../core/recipe/threshold.js';
import type { ModelInfo } from '../../core/types.js';
import { toSegmentation } from '../../datasets/outline.js';
import type { Truth } from '../../datasets/types.js';
import type { FoundPhoto, RunSetup, Settings } from './evaluator-api.js';

/** Figures with all that they are made of; lists go by the places of the photos. */
export interface Measured {
  readonly model: ModelInfo;
  readonly detail: RunDetail;
  readonly found: readonly FoundPhoto[];
  /** As the figures see them: by class, or of any defect. */
  readonly images: readonly ComparedImage[];
  readonly precision: Precision;
  readonly outcome: Outcome;
  readonly thresholdOf: (classId: number) => number;
  readonly proposals: ReadonlyMap<number, number>;
}

interface Entry {
  readonly found: FoundPhoto;
  readonly truths: readonly Truth[];
  /** Comparing is costly: kept until the mapping changes. */
  image: ComparedImage;
}

export class MeasuredRun {
  readonly model: ModelInfo;
  private readonly detail: RunDetail;
  private mapping: ClassMapping;
  private areCrowdsDefects = false;
  private readonly entries = new Map<number, Entry>();
  /** Costly, too: of these photos, by class or of any defect. */
  private precision:
    | { readonly photos: readonly number[]; readonly isAnyDefect: boolean; readonly value: Precision }
    | undefined;

  constructor({ model, detail = 'fast', mapping }: RunSetup) {
    this.model = model;
    this.detail = detail;
    this.mapping = mapping;
  }

  get size(): number {
    return this.entries.size;
  }

  has(photo: number): boolean {
    return this.entries.has(photo);
  }

  /** @throws {RangeError} when an outline is malformed or of another size than the photo. */
  add(found: FoundPhoto, truths: readonly Truth[]): void {
    this.entries.set(found.photo, { found, truths, image: this.compare(found, truths) });
    this.precision = undefined;
  }

  map(mapping: ClassMapping): void {
    if (isSameMapping(mapping, this.mapping)) return;
    this.mapping = mapping;
    this.compareAgain([...this.entries.values()]);
  }

  /** @param photos of those that the run has. */
  measure(
    photos: readonly number[],
    { rule, costRatio, threshold, isAnyDefect, areCrowdsDefects }: Settings,
    inUse: Recipe,
  ): Measured {
    if (areCrowdsDefects !== this.areCrowdsDefects) {
      this.areCrowdsDefects = areCrowdsDefects;
      const hasCrowd = ({ truths }: Entry) => truths.some(({ isCrowd }) => isCrowd);
      this.compareAgain([...this.entries.values()].filter(hasCrowd));
    }
    const { model, detail } = this;
    const entries = photos.map((photo) => this.entries.get(photo)!);
    const compared = entries.map(({ image }) => image);
    const images = viewed(compared, isAnyDefect);
    if (this.precision?.isAnyDefect !== isAnyDefect || !isSameList(this.precision.photos, photos)) {
      const value = measurePrecision(images, classesOf(model, isAnyDefect));
      this.precision = { photos, isAnyDefect, value };
    }
    const precision = this.precision.value;
    const proposals = proposeThresholds(precision, model, rule, costRatio, threshold);
    const recipe = withThresholds(inUse, model, proposals);
    return {
      model,
      detail,
      found: entries.map(({ found }) => found),
      images,
      precision,
      outcome: applyThresholds(compared, model, recipe, isAnyDefect),
      thresholdOf: thresholdsOf(model, recipe),
      proposals,
    };
  }

  private compareAgain(entries: readonly Entry[]): void {
    this.precision = undefined;
    for (const entry of entries) entry.image = this.compare(entry.found, entry.truths);
  }

  private compare(found: FoundPhoto, truths: readonly Truth[]): ComparedImage {
    const { mapping, areCrowdsDefects } = this;
    return comparePhoto(found, annotationsOf(found, truths, { mapping, areCrowdsDefects }), found.detections);
  }
}

const isSameList = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

const isSameMapping = (a: ClassMapping, b: ClassMapping): boolean =>
  a.size === b.size && [...a].every(([name, to]) => b.get(name) === to);

/** The photo's truths in the model's classes; what is left out excuses whatever is found there. */
function annotationsOf(
  { width, height }: FoundPhoto,
  truths: readonly Truth[],
  { mapping, areCrowdsDefects }: { readonly mapping: ClassMapping; readonly areCrowdsDefects: boolean },
): CocoAnnotation[] {
  return truths.map(({ className, outline, isCrowd }) => {
    const to = mapping.get(className);
    return {
      image_id: 0,
      category_id: to === 'left-out' ? ANY_CLASS : typeof to === 'number' ? to : OTHER_CLASS,
      iscrowd: (isCrowd && !areCrowdsDefects) || to === 'left-out',
      segmentation: toSegmentation(outline, width, height),
    };
  });
}
