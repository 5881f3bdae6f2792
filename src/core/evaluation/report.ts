/** The figures as files: JSON for programs, CSV for spreadsheets. docs/evaluation.md describes both. */
import { csvRow, type CsvStyle } from '../export/csv-row.js';
import { round } from '../export/round.js';
import type { Inspection, ModelInfo } from '../types.js';
import { bestByCost, bestByF1 } from './curve.js';
import type { Outcome, Precision } from './figures.js';
import { FEW, wilson, type Interval } from './intervals.js';

/** Raised when a reader of version 1 could no longer make sense of the file. */
const VERSION = 1;

/** One model's run over a dataset. */
export interface EvaluatedRun {
  readonly model: Pick<ModelInfo, 'name' | 'version' | 'hash'>;
  /** How thoroughly it looked at the photos. */
  readonly detail: Inspection['input']['detail'];
  readonly precision: Precision;
  readonly outcome: Outcome;
  /** The score from which on each class is shown, by class id. */
  readonly thresholdOf: (classId: number) => number;
  /** Milliseconds per image, in the order of the run. */
  readonly times: readonly number[];
}

export interface ReportInput {
  readonly dataset: {
    readonly name: string;
    readonly format: string;
    /** Read, evaluated, failed or cancelled. */
    readonly images: number;
    readonly evaluated: number;
    readonly problems: readonly { readonly message: string; readonly count: number }[];
  };
  /** Of each class of the dataset the model's, `any defect` where it has none, null where it is left out. */
  readonly mapping: Readonly<Record<string, string | null>>;
  readonly isAnyDefect: boolean;
  /** Whether COCO's crowds count as defects, or neither way. */
  readonly areCrowdsDefects: boolean;
  /** What a missed defect costs, in false alarms. */
  readonly costRatio: number;
  /** ISO 8601. */
  readonly date: string;
  /** One, or two that are compared. */
  readonly runs: readonly EvaluatedRun[];
}

/** Share of sorted values, by nearest rank: .5 is the median. NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

/** Six decimals, null where there is no figure: JSON knows no NaN. */
const figure = (value: number): number | null => (Number.isFinite(value) ? round(value, 6) : null);

const ends = ([low, high]: Interval) => ({ low: figure(low), high: figure(high) });

/** A proportion with what it is made of. */
const share = (count: number, of: number) => ({
  value: figure(count / of),
  count,
  of,
  interval95: ends(wilson(count, of)),
});

export function toReportJson(input: ReportInput): string {
  const { runs, isAnyDefect, areCrowdsDefects, ...rest } = input;
  return JSON.stringify(
    {
      format: 'defect-inspector-evaluation',
      version: VERSION,
      ...rest,
      classes: isAnyDefect ? 'any defect' : 'separate',
      crowds: areCrowdsDefects ? 'defects' : 'neither',
      iou: 0.5,
      runs: runs.map((run) => reportRun(run, input.costRatio)),
    },
    undefined,
    1,
  );
}

function reportRun(
  { model, detail, precision, outcome, thresholdOf, times }: EvaluatedRun,
  costRatio: number,
) {
  const { parts } = outcome;
  return {
    model: { name: model.name, version: model.version, sha256: model.hash },
    detail,
    AP: figure(precision.AP),
    AP50: figure(precision.AP50),
    AP50Interval95: ends(precision.AP50Interval),
    AP75: figure(precision.AP75),
    pixelIou: figure(precision.pixelIou),
    parts: {
      escapeRate: share(parts.escaped.length, parts.defective.length),
      overkillRate: share(parts.overkill.length, parts.good.length),
      rejectedByLuck: parts.byLuck.length,
      leftOut: parts.leftOut.length,
      falseAlarmsOnGoodParts: parts.falseAlarmsOnGood,
    },
    speed: {
      images: times.length,
      medianMs: figure(quantile(times, 0.5)),
      p95Ms: figure(quantile(times, 0.95)),
    },
    perClass: precision.classes.map((one) => {
      const counts = outcome.counts.get(one.id)!;
      const shown = counts.found + counts.falseAlarms + counts.mistaken;
      return {
        class: one.name,
        id: one.id,
        ...counts,
        isFew: one.truths < FEW,
        AP: figure(one.precision?.AP ?? NaN),
        AP50: figure(one.precision?.AP50 ?? NaN),
        AP50Interval95: ends(one.AP50Interval),
        threshold: figure(thresholdOf(one.id)),
        recall: share(counts.found, counts.truths),
        precision: share(counts.found, shown),
        bestByF1: proposal(bestByF1(one.curve)),
        bestByCost: proposal(bestByCost(one.curve, costRatio)),
        curve: one.curve.points.map(({ score, recall, precision: p, hits, falseAlarms }) => ({
          score: figure(score),
          recall: figure(recall),
          precision: figure(p),
          hits,
          falseAlarms,
        })),
      };
    }),
    confusion: outcome.cells.map(({ predicted, actual, cases }) => ({
      predicted: nameOf(precision, predicted),
      actual: nameOf(precision, actual),
      count: cases.length,
    })),
  };
}

function proposal(best: ReturnType<typeof bestByF1>) {
  return best ? { threshold: figure(best.threshold), value: figure(best.value) } : null;
}

/** Null: no detection, or no defect. */
function nameOf({ classes }: Precision, id: number): string | null {
  return classes.find((one) => one.id === id)?.name ?? null;
}

const COLUMNS = [
  'model',
  'model_version',
  'model_sha256',
  'dataset',
  'images',
  'class',
  'truths',
  'threshold',
  'found',
  'confused',
  'missed',
  'false_alarms',
  'mistaken',
  'recall',
  'recall_low95',
  'recall_high95',
  'precision',
  'AP',
  'AP50',
  'AP50_low95',
  'AP50_high95',
  'best_f1_threshold',
  'best_cost_threshold',
  'cost_ratio',
  'few_examples',
] as const;

/**
 * One row per class and model, and one of all classes (`*`) per model, with a header row; a figure that there is none of
 * stays empty. No text in it is run as a formula: see `csvRow`.
 */
export function toReportCsv({ runs, dataset, costRatio }: ReportInput, style?: CsvStyle): string {
  const cell = (value: number | undefined) =>
    value === undefined || !Number.isFinite(value) ? undefined : round(value, 6);
  const rows: (string | number | undefined)[][] = [[...COLUMNS]];
  for (const { model, precision, outcome, thresholdOf } of runs) {
    const head = [model.name, model.version, model.hash, dataset.name, dataset.evaluated];
    for (const { id, name, truths, curve, precision: own, AP50Interval } of precision.classes) {
      const counts = outcome.counts.get(id)!;
      const { found, confused, missed, falseAlarms, mistaken } = counts;
      const [low, high] = wilson(found, counts.truths);
      rows.push([
        ...head,
        name,
        truths,
        cell(thresholdOf(id)),
        ...[found, confused, missed, falseAlarms, mistaken],
        ...[found / counts.truths, low, high, found / (found + falseAlarms + mistaken)].map(cell),
        ...[own?.AP, own?.AP50, ...AP50Interval].map(cell),
        cell(bestByF1(curve)?.threshold),
        cell(bestByCost(curve, costRatio)?.threshold),
        costRatio,
        String(truths < FEW),
      ]);
    }
    const all = sumCounts(outcome);
    const [low, high] = wilson(all.found, all.truths);
    rows.push([
      ...head,
      '*',
      all.truths,
      undefined,
      ...[all.found, all.confused, all.missed, all.falseAlarms, all.mistaken],
      ...[all.found / all.truths, low, high, all.found / (all.found + all.falseAlarms + all.mistaken)].map(
        cell,
      ),
      ...[precision.AP, precision.AP50, ...precision.AP50Interval].map(cell),
      undefined,
      undefined,
      costRatio,
      String(all.truths < FEW),
    ]);
  }
  return rows.map((row) => csvRow(row, style)).join('');
}

function sumCounts({ counts }: Outcome) {
  const sum = { truths: 0, found: 0, confused: 0, missed: 0, falseAlarms: 0, mistaken: 0 };
  for (const one of counts.values()) {
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += one[key];
  }
  return sum;
}
