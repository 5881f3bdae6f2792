/** Learning from photos with marks: where a defect is, and which. */
import { calibrate } from '../calibration.js';
import { logit, sigmoid } from '../logit.js';
import { fitCalibration } from './calibration.js';
import { classShares, linearHead, logitsOf, type LinearModels } from './head.js';
import type { Learning, LearnOptions, LearntHead, TeachFigures } from './learnt.js';
import type { Lesson } from './lesson.js';
import { bestLevel } from './level.js';
import { balanced, fitLogistic, type LinearModel } from './logistic.js';
import { MARKED, areasOf, rowsOf, sharesOf } from './photo-rows.js';
import { poolOf, weightsOf, type Pool } from './pool.js';
import { auroc, Ranking } from './ranking.js';
import type { Samples } from './samples.js';
import { scoreMaps } from './score-maps.js';
import { chooseThreshold, photoCurve, type LeftOut } from './thresholds.js';
import { judge } from './touching.js';

/** Of the weights' squares, against the mean loss: see `LogisticProblem`. */
const PENALTY = 1e-4;
/** Cells that score as much belong to regions; no region scores less. */
const LEVEL = 0.5;

/** What models say of a photo that they have not seen. */
interface Unseen {
  readonly logits: Float64Array;
  readonly classShares: readonly Float64Array[];
}

/**
 * One logistic regression on the cells of all classes' marks against the rest says where a defect is; one for each class, on marked cells alone, which. Level,
 * threshold, calibration and figures come from photos that were left out.
 *
 * @param folds per photo, with which others it is left out
 */
export function* learnMarked(
  lesson: Lesson,
  folds: readonly number[],
  { findRegions, costRatio, seed = 1 }: LearnOptions,
): Learning<LearntHead> {
  const { photos } = lesson;
  const foldCount = Math.max(...folds) + 1;
  const total = foldCount + 3;
  yield { done: 0, total };
  const pool = poolOf(lesson, seed);
  yield { done: 1, total };

  const unseen: Unseen[] = [];
  const models = fitModels(pool, lesson, () => true);
  yield { done: 2, total };
  for (let fold = 0; fold < foldCount; fold++) {
    const without = fitModels(pool, lesson, (photo) => folds[photo] !== fold);
    photos.forEach((photo, i) => {
      if (folds[i] !== fold) return;
      const rows = rowsOf(photo);
      unseen[i] = { logits: logitsOf(rows, without.defect), classShares: classShares(rows, without) };
    });
    yield { done: fold + 3, total };
  }

  // Marks of one fold alone are never found again: there is nothing to learn them from.
  const isTested = new Set(folds.filter((_, i) => photos[i]!.marks.length > 0)).size > 1;
  const level = isTested ? levelOf(lesson, unseen) : 0;
  const leftOut = photos.map((photo, i) => {
    const { logits, classShares: shares } = unseen[i]!;
    const planes = shares.map((plane) => plane.map((share, row) => share * sigmoid(logits[row]! - level)));
    return judge(findRegions(scoreMaps(photo, planes), photo), photo);
  });
  const calibration = fitCalibration(
    leftOut.flatMap(({ regions }) => regions.map(({ score, isOnMark }) => ({ score, isHit: isOnMark }))),
  );
  return {
    head: linearHead(models, level),
    threshold: calibrate(thresholdOf(leftOut, costRatio), calibration),
    calibration,
    figures: {
      ...figuresOf(leftOut, costRatio),
      ...(isTested && rankingOf(lesson, unseen)),
      folds: foldCount,
    },
  };
}

function fitModels(pool: Pool, { classes }: Lesson, isLearnt: (photo: number) => boolean): LinearModels {
  const weights = weightsOf(pool, isLearnt);
  const defect = fitAnswer(pool.samples, pool.targets, weights);
  if (classes.length === 1) return { defect, classes: [] };
  const onMarks = weights.map((weight, row) => (pool.targets[row] === MARKED ? weight : 0));
  return {
    defect,
    classes: classes.map((_, plane) =>
      fitAnswer(
        pool.samples,
        pool.planes.map((one) => (one === plane ? 1 : 0)),
        onMarks,
      ),
    ),
  };
}

/** Says always the same, and surely. */
const SURE = 10;

/** Both answers count alike; where there is but one, it is the answer to everything. */
function fitAnswer(samples: Samples, targets: Uint8Array, weights: Float64Array): LinearModel {
  const answers = new Set(targets.filter((_, row) => weights[row]! > 0));
  if (answers.size < 2) {
    const model = new Float64Array(samples.dims + 1);
    model[samples.dims] = answers.has(1) ? SURE : -SURE;
    return model;
  }
  return fitLogistic({ samples, targets, weights: balanced(targets, weights), penalty: PENALTY }).model;
}

function levelOf({ photos }: Lesson, unseen: readonly Unseen[]): number {
  const areas = photos.map(areasOf);
  const marked = photos.map((photo, i) =>
    sharesOf(photo, photo.marks).map((share, row) => share * areas[i]![row]!),
  );
  const join = (parts: readonly Float64Array[]) => Float64Array.from(parts.flatMap((part) => [...part]));
  return bestLevel(join(unseen.map(({ logits }) => logits)), join(marked), join(areas)) ?? 0;
}

/** In logits. */
const CLEARLY = 1;

/** Before calibration. Where no photo's marks are found again, what scores clearly higher than all false alarms is reported. */
function thresholdOf(photos: readonly LeftOut[], costRatio?: number): number {
  const chosen = chooseThreshold(photoCurve(photos), LEVEL, costRatio);
  if (chosen) return chosen.threshold;
  const alarms = photos.flatMap(({ regions }) => regions.map(({ score }) => score));
  return alarms.length > 0 ? sigmoid(logit(Math.max(...alarms)) + CLEARLY) : LEVEL;
}

/** Each photo is judged by the threshold that the others give. */
function figuresOf(
  photos: readonly LeftOut[],
  costRatio?: number,
): Pick<TeachFigures, 'marked' | 'good' | 'found' | 'falseAlarms'> {
  let [found, falseAlarms] = [0, 0];
  photos.forEach(({ isMarked, regions }, i) => {
    const others = photos.filter((_, other) => other !== i);
    const threshold = thresholdOf(others, costRatio);
    const shown = regions.filter(({ score }) => score >= threshold);
    if (!isMarked) falseAlarms += shown.length;
    else if (shown.some(({ isOnMark }) => isOnMark)) found++;
  });
  const marked = photos.filter(({ isMarked }) => isMarked).length;
  return { marked, good: photos.length - marked, found, falseAlarms };
}

/** How well the scores of cells, and the highest of each photo, tell what is marked. */
function rankingOf(
  { photos }: Lesson,
  unseen: readonly Unseen[],
): Pick<TeachFigures, 'pixelAP' | 'imageAUROC'> {
  const ranking = new Ranking();
  const highest: Record<'good' | 'marked', number[]> = { good: [], marked: [] };
  photos.forEach((photo, i) => {
    const { logits } = unseen[i]!;
    const areas = areasOf(photo);
    sharesOf(photo, photo.marks).forEach((share, row) => {
      ranking.add(sigmoid(logits[row]!), share * areas[row]!, (1 - share) * areas[row]!);
    });
    const of = photo.marks.length > 0 ? highest.marked : highest.good;
    of.push(logits.reduce((a, b) => Math.max(a, b), -Infinity));
  });
  const imageAUROC = auroc(highest.marked, highest.good);
  return { pixelAP: ranking.averagePrecision(), ...(highest.good.length > 0 && { imageAUROC }) };
}
