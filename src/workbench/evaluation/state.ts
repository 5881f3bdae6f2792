/** What the evaluation's views show: plain and immutable, a new object for every change. */
import type { ErrorData } from '../../core/errors.js';
import type { ClassMapping } from '../../core/evaluation/class-mapping.js';
import type { Precision } from '../../core/evaluation/figures.js';
import type { ThresholdRule } from '../../core/evaluation/proposals.js';
import type { RunDetail } from './run-detail.js';
import type { Size } from '../../core/rect.js';
import type { ModelInfo } from '../../core/types.js';
import type { DatasetMessage } from '../../datasets/errors.js';
import type { ReadingStep } from '../../datasets/types.js';
import type { CatalogueEntry } from '../../model/catalogue.js';
import type { CaseList } from './cases.js';
import type { Changes, DatasetSummary, PhotoOutlines, RunFigures, Settings } from './evaluator-api.js';

/** How far reading a folder or ZIP is, in files or photos; there is no step until the total is known. */
export interface Reading {
  readonly name: string;
  readonly done: number;
  readonly total: number;
  readonly step?: ReadingStep;
}

export type RunPhase = 'loading' | 'running' | 'done' | 'cancelled' | 'failed';

/** What went wrong with a model or a worker, or with a dataset or a photo of it. */
export type Failure = ErrorData | DatasetMessage;

/** A photo that is not evaluated. */
export interface RunFailure {
  readonly path: string;
  readonly why: Failure;
}

/** A model's run over the photos. */
export interface RunState {
  /** How thoroughly it looks at them. */
  readonly detail: RunDetail;
  readonly phase: RunPhase;
  /** Nothing new is begun. */
  readonly isPaused: boolean;
  /** Undefined until it is loaded. */
  readonly model: ModelInfo | undefined;
  /** What the dataset's classes are to the model; empty until it is loaded. */
  readonly mapping: ClassMapping;
  /** Photos that are evaluated, or failed. */
  readonly done: number;
  /** Photos that are evaluated. */
  readonly found: number;
  /** Photos that failed, or were not reached before the run was stopped. */
  readonly left: number;
  /** Milliseconds, once that can be told. */
  readonly timeLeft: number | undefined;
  readonly failures: readonly RunFailure[];
  /** Why there is no model, or not the same one again. */
  readonly error: ErrorData | undefined;
}

/** A model's figures. */
export interface Evaluated extends Omit<RunFigures, 'precision'> {
  readonly precision: Precision;
  /** The photos that all models have. */
  readonly photos: readonly number[];
  /** The score, 0..1, from which on a class is reported; NaN for all classes together where they have several. */
  readonly thresholdOf: (classId: number) => number;
}

export interface EvaluationState {
  readonly reading: Reading | undefined;
  /** What went wrong last. */
  readonly error: Failure | undefined;
  readonly dataset: DatasetSummary | undefined;
  /** Of its first photo, in pixels, once that is known: the others are thought to be as large. */
  readonly photoSize: Size | undefined;
  /** How thoroughly the next run looks at photos. */
  readonly detail: RunDetail;
  /** The first model's, then the second one's. */
  readonly runs: readonly RunState[];
  readonly settings: Settings;
  /** Whether figures are being worked out. */
  readonly isWorking: boolean;
  /** One per model that has results. */
  readonly evaluated: readonly Evaluated[];
  /** What the second model does otherwise. */
  readonly changes: Changes | undefined;
  /** The cases to look at; undefined without figures. */
  readonly list: CaseList | undefined;
  /** Place in the list of the case that is seen as a whole. */
  readonly opened: number | undefined;
  /** Whether the inspector works with the proposed thresholds. */
  readonly isInUse: boolean;
  /** Whether a run has ended while the evaluation wasn't shown. */
  readonly hasNews: boolean;
  /** The models to choose from. */
  readonly catalogue: readonly CatalogueEntry[];
}

/** In the order in which they are offered. */
export const THRESHOLD_RULES: readonly ThresholdRule[] = ['in-use', 'f1', 'cost', 'one'];

/** Before anybody has asked for it. */
export const NO_EVALUATION: EvaluationState = {
  reading: undefined,
  error: undefined,
  dataset: undefined,
  photoSize: undefined,
  detail: 'fast',
  runs: [],
  settings: { rule: 'in-use', costRatio: 10, threshold: 0.5, isAnyDefect: false, areCrowdsDefects: false },
  isWorking: false,
  evaluated: [],
  changes: undefined,
  list: undefined,
  opened: undefined,
  isInUse: false,
  hasNews: false,
  catalogue: [],
};

export const isUnderWay = ({ phase }: RunState): boolean => phase === 'loading' || phase === 'running';

export const isRunning = ({ runs }: EvaluationState): boolean => runs.some(isUnderWay);

/** A photo, and what to draw on it. */
export interface Picture {
  readonly file: Blob;
  readonly outlines: PhotoOutlines;
}
