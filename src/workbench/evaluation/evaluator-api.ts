/**
 * What the evaluation worker offers. This file is the whole boundary between the page and it: everything that crosses is
 * plain data.
 */
import type { ClassMapping } from '../../core/evaluation/class-mapping.js';
import type { FalseAlarmChanges, TruthChanges } from '../../core/evaluation/comparison.js';
import type { Case, ConfusionCell } from '../../core/evaluation/confusion.js';
import type { PackedCurve } from '../../core/evaluation/curve.js';
import type { ClassFigures, EvaluatedClass, Outcome, Precision } from '../../core/evaluation/figures.js';
import type { PartScores } from '../../core/evaluation/parts.js';
import type { KeptDetection } from '../../core/evaluation/photo.js';
import type { ThresholdRule } from '../../core/evaluation/proposals.js';
import type { CsvStyle } from '../../core/export/csv-row.js';
import type { Recipe } from '../../core/recipe/recipe.js';
import type { RunDetail } from './run-detail.js';
import type { Box, ModelInfo } from '../../core/types.js';
import type { DatasetMessage } from '../../datasets/errors.js';
import type { Dataset, Folder, OnReading, Packed } from '../../datasets/types.js';

/** A dataset as far as the page needs it: the photos stay with the evaluator. */
export interface DatasetSummary extends Pick<
  Dataset,
  'name' | 'format' | 'problems' | 'annotationFile' | 'annotationFiles'
> {
  /** The photos' paths, in the dataset's order. Everywhere else a photo is its place in this list. */
  readonly photos: readonly string[];
  /** In the dataset's order, and how many defects and crowds (COCO's `iscrowd`) there are of each. */
  readonly classes: readonly { readonly name: string; readonly defects: number; readonly crowds: number }[];
  /** Photos with defects. All others are of good parts, but for those with crowds alone. */
  readonly defective: number;
  readonly defects: number;
  readonly crowds: number;
  readonly crowdsAlone: number;
}

/** What a model found on a photo. */
export interface FoundPhoto {
  readonly photo: number;
  readonly width: number;
  readonly height: number;
  /** By falling score. */
  readonly detections: readonly KeptDetection[];
  /** Milliseconds from file to detections. */
  readonly time: number;
}

/** A model's run over the photos. */
export interface RunSetup {
  /** No two runs over a dataset have the same. */
  readonly id: number;
  readonly model: ModelInfo;
  /** How thoroughly it looks at them; fast by default. */
  readonly detail?: RunDetail;
  readonly mapping: ClassMapping;
}

export interface Settings {
  readonly rule: ThresholdRule;
  /** What a missed defect costs, in false alarms. */
  readonly costRatio: number;
  /** 0..1, by the rule of one for all classes. */
  readonly threshold: number;
  /** Whether classes don't matter. */
  readonly isAnyDefect: boolean;
  /** Whether what is marked as a crowd is a defect like any other. */
  readonly areCrowdsDefects: boolean;
}

export interface FiguresRequest {
  /** The first model's run, and the second one's if there is one. The evaluator forgets all others. */
  readonly runs: readonly RunSetup[];
  readonly settings: Settings;
  /** By which the inspector reports. */
  readonly recipe: Recipe;
}

/** A case with what there is to say about it. `image` is the photo. */
export interface ShownCase extends Case {
  /** The defect's class. */
  readonly actual?: number;
  /** The detection, and its class even where classes don't matter. */
  readonly reported?: { readonly classId: number; readonly score: number };
  /** 0..1, with whatever lies nearest: with the defect where there is one, else with the detection. */
  readonly overlap: number;
  /** The best detection on a missed defect that its threshold hides. */
  readonly fainter?: { readonly detection: number; readonly score: number };
  /** Where there is none: what overlaps with the missed defect most, though too little. */
  readonly near?: { readonly detection: number; readonly classId: number; readonly score: number };
  /** The outline that a false alarm overlaps with most. */
  readonly nearTruth?: number;
}

/** A model's figures. */
export interface RunFigures {
  /** The run's id. */
  readonly run: number;
  readonly model: ModelInfo;
  /** That are told apart. */
  readonly classes: readonly EvaluatedClass[];
  readonly precision: Omit<Precision, 'classes'> & {
    readonly classes: readonly (Omit<ClassFigures, 'curve'> & { readonly curve: PackedCurve })[];
  };
  /** What one threshold for all classes would decide by. */
  readonly scores: PartScores;
  readonly outcome: Pick<Outcome, 'counts' | 'parts'> & {
    readonly cells: readonly ConfusionCell<ShownCase>[];
  };
  /** The score, 0..1, from which on each of the model's classes is reported. */
  readonly thresholds: ReadonlyMap<number, number>;
  /** What the rule proposes, by class id; of the classes about which the photos say something. */
  readonly proposals: ReadonlyMap<number, number>;
  /** Milliseconds per photo: of 50 and of 95 of 100 photos no more. NaN of none. */
  readonly time: { readonly median: number; readonly p95: number };
}

/** What the second model does otherwise. */
export interface Changes {
  readonly truths: TruthChanges<ShownCase>;
  readonly falseAlarms: FalseAlarmChanges<ShownCase>;
}

export interface Figures {
  /** The photos that all runs have. */
  readonly photos: readonly number[];
  /** Those that have photos, in the order asked for. */
  readonly runs: readonly RunFigures[];
  readonly changes?: Changes;
}

export type ReportFormat = 'json' | 'csv';

export const REPORT_FORMATS: readonly ReportFormat[] = ['json', 'csv'];

export interface ReportRequest extends FiguresRequest {
  readonly format: ReportFormat;
  readonly csvStyle: CsvStyle;
  /** ISO 8601. */
  readonly date: string;
  /** Sentences about files and photos that are not evaluated, in the reader's language. */
  readonly problems: readonly { readonly message: string; readonly count: number }[];
}

/** What to draw on a photo, in its pixels. */
export interface PhotoOutlines {
  readonly width: number;
  readonly height: number;
  /** As a person outlined them, in the order that cases count in. Four numbers, x0, y0, x1, y1, per line. */
  readonly truths: readonly { readonly box: Box; readonly lines: Float32Array }[];
  /** What is reported, and what lies on a missed defect, below its threshold or beside it. */
  readonly detections: readonly {
    /** Its place among the photo's detections. */
    readonly detection: number;
    readonly classId: number;
    readonly isReported: boolean;
    readonly box: Box;
    /** Closed rings `[x0, y0, x1, y1, ...]`. */
    readonly rings: readonly Float32Array[];
  }[];
}

/** Every call answers with a result: an exception that is thrown across the boundary would lose what it is made of. */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: DatasetMessage };

/** What a dataset lies in: a ZIP or two, or the folder whose files were handed over. */
export type Opened = Packed | { readonly name: string };

export interface EvaluatorApi {
  /** Takes files of a folder before it is opened, in parts: browsers look each of them up, which takes long for many. */
  files(part: Folder['files']): Promise<Answer<undefined>>;
  /** Reads a dataset, before everything else. @param annotationFile which of several COCO files to take. */
  open(
    opened: Opened,
    annotationFile: string | undefined,
    onProgress: OnReading,
  ): Promise<Answer<DatasetSummary>>;
  /** Compares what was found on a photo with its outlines. An error where they don't belong together. */
  add(run: RunSetup, found: FoundPhoto): Promise<Answer<undefined>>;
  figures(request: FiguresRequest): Promise<Answer<Figures>>;
  /** Of a photo in the figures that were asked for last. @param run its id */
  outlines(run: number, photo: number): Promise<Answer<PhotoOutlines>>;
  /** The text of a report. */
  report(request: ReportRequest): Promise<Answer<string>>;
}
