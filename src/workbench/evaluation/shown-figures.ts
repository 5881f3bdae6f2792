/** From figures with all that they are made of to what the page is told. */
import {
  compareFalseAlarms,
  compareTruths,
  type Change,
  type FalseAlarmChanges,
} from '../../core/evaluation/comparison.js';
import { packCurve } from '../../core/evaluation/curve.js';
import type { Case } from '../../core/evaluation/confusion.js';
import { FOUND_IOU } from '../../core/evaluation/matching.js';
import { partScores } from '../../core/evaluation/parts.js';
import { detectionRle } from '../../core/evaluation/photo.js';
import { quantile, type EvaluatedRun } from '../../core/evaluation/report.js';
import type { Changes, FoundPhoto, RunFigures, ShownCase } from './evaluator-api.js';
import type { Measured } from './measured-run.js';

/** @param run its id */
export function shownFigures(run: number, measured: Measured): RunFigures {
  const { model, precision, outcome, thresholdOf, proposals } = measured;
  const { judgements: _, cells, ...rest } = outcome;
  const times = timesOf(measured);
  return {
    run,
    model,
    classes: precision.classes.map(({ id, name }) => ({ id, name })),
    precision: {
      ...precision,
      classes: precision.classes.map((one) => ({ ...one, curve: packCurve(one.curve) })),
    },
    scores: partScores(measured.images, outcome.parts),
    outcome: {
      ...rest,
      cells: cells.map(({ cases, ...cell }) => ({
        ...cell,
        cases: cases.map((one) => shown(measured, one)),
      })),
    },
    thresholds: new Map(model.classes.map(({ id }) => [id, thresholdOf(id)])),
    proposals,
    time: { median: quantile(times, 0.5), p95: quantile(times, 0.95) },
  };
}

export const reportedRun = ({ found, ...rest }: Measured): EvaluatedRun => ({
  ...rest,
  times: timesOf({ found }),
});

/** The first photo pays for what the runtime sets up once. */
const timesOf = ({ found }: Pick<Measured, 'found'>): readonly number[] =>
  found.slice(found.length > 1 ? 1 : 0).map(({ time }) => time);

/** Both of the same photos. */
export function changesOf(first: Measured, second: Measured): Changes {
  const judged = ({ images, outcome: { judgements } }: Measured) => ({ images, judgements });
  const truths = compareTruths(judged(first), judged(second));
  const alarms: FalseAlarmChanges[] = first.images.map((_, image) =>
    compareFalseAlarms(image, falseAlarmsOf(first, image), falseAlarmsOf(second, image)),
  );
  const show = (changes: readonly Change[]): Change<ShownCase>[] =>
    changes.map((change) => ({
      image: first.found[change.image]!.photo,
      ...(change.first && { first: shown(first, change.first) }),
      ...(change.second && { second: shown(second, change.second) }),
    }));
  return {
    truths: {
      fixed: show(truths.fixed),
      broken: show(truths.broken),
      foundByBoth: show(truths.foundByBoth),
      missedByBoth: show(truths.missedByBoth),
    },
    falseAlarms: {
      gone: show(alarms.flatMap(({ gone }) => gone)),
      added: show(alarms.flatMap(({ added }) => added)),
      kept: show(alarms.flatMap(({ kept }) => kept)),
    },
  };
}

function falseAlarmsOf({ found, outcome }: Measured, image: number) {
  const { width, height, detections: all } = found[image]!;
  const detections = outcome.judgements[image]!.detections.flatMap(({ outcome: what }, i) =>
    what === 'false-alarm' ? i : [],
  );
  return { detections, masks: detections.map((i) => detectionRle(all[i]!, width, height)) };
}

function shown(measured: Measured, one: Case): ShownCase {
  const { image, truth, detection } = one;
  const { photo, detections }: FoundPhoto = measured.found[image]!;
  const { truths, overlaps } = measured.images[image]!;
  const row = truth === undefined ? overlaps[detection!]! : overlaps.map((of) => of[truth]!);
  const nearest = greatest(row);
  const missed = truth !== undefined && detection === undefined;
  const fainter = missed ? fainterThan(measured, image, truth) : undefined;
  const near = missed && fainter === undefined ? nearest : undefined;
  return {
    ...one,
    image: photo,
    ...(truth !== undefined && { actual: truths[truth]!.classId }),
    ...(detection !== undefined && { reported: pick(detections[detection]!) }),
    overlap: nearest === undefined ? 0 : row[nearest]!,
    ...(fainter !== undefined && { fainter: { detection: fainter, score: detections[fainter]!.score } }),
    ...(near !== undefined && { near: { detection: near, ...pick(detections[near]!) } }),
    ...(truth === undefined && nearest !== undefined && { nearTruth: nearest }),
  };
}

/** Place of the greatest value above 0; of equals the first. */
function greatest(values: readonly number[]): number | undefined {
  const most = Math.max(0, ...values);
  return most > 0 ? values.indexOf(most) : undefined;
}

const pick = ({ classId, score }: FoundPhoto['detections'][number]) => ({ classId, score });

/** Place of the best detection on a missed defect that its threshold hides; undefined where there is none. */
export function fainterThan({ images, outcome }: Measured, image: number, truth: number): number | undefined {
  const { overlaps } = images[image]!;
  const found = outcome.judgements[image]!.detections.findIndex(
    ({ outcome: what }, i) => what === 'below' && overlaps[i]![truth]! >= FOUND_IOU,
  );
  return found < 0 ? undefined : found;
}

/** Place of what overlaps with a missed defect most, where nothing lies on it. */
export const nearestTo = ({ images }: Measured, image: number, truth: number): number | undefined =>
  greatest(images[image]!.overlaps.map((of) => of[truth]!));
