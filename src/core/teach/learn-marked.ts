/** Learning from photos with marks: where a defect is, and which. */
import { calibrate } from '../calibration.js';
import { visitScores } from '../evaluation/taught.js';
import { logit, sigmoid } from '../logit.js';
import { rasterize } from '../regions/region.js';
import { uniteRegions } from '../regions/region-sets.js';
import { joinMaps } from '../regions/score-map.js';
import { fitCalibration } from './calibration.js';
import { classShares, linearHead, logitsOf, type LinearModels } from './head.js';
import type { Learning, LearnOptions, LearntHead, LeavingOut, TeachFigures } from './learnt.js';
import type { Lesson, LessonPhoto } from './lesson.js';
import { bestLevel, candidateLevels, type TriedLevel } from './level.js';
import { balanced, fitLogistic, type LinearModel } from './logistic.js';
import { MARKED, areasOf, rowsOf, sharesOf } from './photo-rows.js';
import { poolOf, weightsOf, type Pool } from './pool.js';
import { auroc, Ranking } from './ranking.js';
import type { Samples } from './samples.js';
import { scoreMaps } from './score-maps.js';
import { chooseThreshold, photoCurve } from './thresholds.js';
import { judge, truthOf, type LeftOut, type Truth } from './touching.js';

/** Of the weights' squares, against the mean loss: see `LogisticProblem`. Ten times less finds less (training/TEACHING.md). */
const PENALTY = 1e-3;
/** Of the gradient; a smaller one takes half as long again and finds the same. */
const TOLERANCE = 1e-4;
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
 */
export function* learnMarked(
  lesson: Lesson,
  { folds, isCopy }: LeavingOut,
  { findRegions, costRatio, seed = 1 }: LearnOptions,
): Learning<LearntHead> {
  const { photos, classes } = lesson;
  const foldCount = Math.max(...folds) + 1;
  const total = 2 * foldCount + 3;
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
  const expected = isTested ? expectedOf(lesson, unseen, models, isCopy) : unseen;
  const levels = isTested ? levelsOf(lesson, expected) : [0];
  const truths = new Map<number, Truth>();
  const judgeAt = (said: Unseen, i: number, level: number): LeftOut =>
    judge(findRegions(scoreMaps(photos[i]!, planesAt(said, level)), photos[i]!), truths.get(i)!);
  const tried = levels.map((level): { level: number; photos: LeftOut[] } => ({ level, photos: [] }));
  // Photo by photo, so that a step stays short.
  for (let fold = 0; fold < foldCount; fold++) {
    photos.forEach((photo, i) => {
      if (folds[i] !== fold || isCopy[i]) return;
      truths.set(i, truthOf(photo, classes));
      for (const { level, photos: judged } of tried) judged.push(judgeAt(expected[i]!, i, level));
    });
    yield { done: foldCount + fold + 3, total };
  }
  const { level, photos: chosenBy }: TriedLevel = bestLevel(tried, LEVEL);
  const leftOut = [...truths.keys()].map((i, n) =>
    expected[i] === unseen[i] ? chosenBy[n]! : judgeAt(unseen[i]!, i, level),
  );
  const calibration = fitCalibration(
    chosenBy.flatMap(({ regions }) => regions.map(({ score, isOnMark }) => ({ score, isHit: isOnMark }))),
  );
  const outcome = outcomeOf(leftOut, chosenBy, costRatio);
  return {
    head: linearHead(models, level),
    threshold: calibrate(thresholdOf(chosenBy, costRatio), calibration),
    calibration,
    figures: { ...outcome.figures, ...(isTested && rankingOf(photos, unseen, isCopy)), folds: foldCount },
    misnamed: outcome.misnamed,
  };
}

/** So many marked photos, or fewer, show hardly anything twice (training/TEACHING.md). */
const FEW = 3;
/** Of what is expected of another defect then, so much is what is said of a marked one that was learnt from. */
const LEARNT_SHARE = 0.2;

/**
 * What the final model is expected to say of photos like these: what is said of each while it is left out. Of few marked photos each is alone of its kind, so that
 * models without it have seen nothing like it, and score it far lower than the final one will score its like: the truth lies between.
 */
function expectedOf(
  { photos }: Lesson,
  unseen: readonly Unseen[],
  { defect }: LinearModels,
  isCopy: readonly boolean[],
): Unseen[] {
  const isFew = photos.filter(({ marks }, i) => marks.length > 0 && !isCopy[i]).length <= FEW;
  return unseen.map((said, i) => {
    const photo = photos[i]!;
    if (!isFew || photo.marks.length === 0) return said;
    const learnt = logitsOf(rowsOf(photo), defect);
    return { ...said, logits: said.logits.map((z, row) => z + LEARNT_SHARE * (learnt[row]! - z)) };
  });
}

/** Scores of the photo's rows, per class, of which a half is at the level. */
const planesAt = ({ logits, classShares }: Unseen, level: number): Float64Array[] =>
  classShares.map((plane) => plane.map((share, row) => share * sigmoid(logits[row]! - level)));

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
  const problem = { samples, targets, weights: balanced(targets, weights), penalty: PENALTY };
  return fitLogistic(problem, { tolerance: TOLERANCE }).model;
}

function levelsOf({ photos }: Lesson, unseen: readonly Unseen[]): number[] {
  const marked = photos.map((photo) => {
    const areas = areasOf(photo);
    return sharesOf(photo, photo.marks).map((share, row) => share * areas[row]!);
  });
  const join = (parts: readonly Float64Array[]) => Float64Array.from(parts.flatMap((part) => [...part]));
  return candidateLevels(join(unseen.map(({ logits }) => logits)), join(marked));
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

/** Each photo, as it was left out, is judged by the threshold that the others give. */
function outcomeOf(photos: readonly LeftOut[], chosenBy: readonly LeftOut[], costRatio?: number) {
  let [found, falseAlarms, misnamed] = [0, 0, 0];
  photos.forEach(({ isMarked, regions }, i) => {
    const others = chosenBy.filter((_, other) => other !== i);
    const threshold = thresholdOf(others, costRatio);
    const shown = regions.filter(({ score }) => score >= threshold);
    if (!isMarked) falseAlarms += shown.length;
    const finds = shown.filter(({ isFind }) => isFind);
    if (finds.length === 0) return;
    found++;
    if (!finds.some(({ isNamed }) => isNamed)) misnamed++;
  });
  const marked = photos.filter(({ isMarked }) => isMarked).length;
  return { figures: { marked, good: photos.length - marked, found, falseAlarms }, misnamed };
}

/** How well the scores of pixels, and the highest of each photo, tell what is marked. */
function rankingOf(
  photos: readonly LessonPhoto[],
  unseen: readonly Unseen[],
  isCopy: readonly boolean[],
): Pick<TeachFigures, 'pixelAP' | 'imageAUROC'> {
  const ranking = new Ranking();
  const highest: Record<'good' | 'marked', number[]> = { good: [], marked: [] };
  photos.forEach((photo, i) => {
    if (isCopy[i]) return;
    const { logits } = unseen[i]!;
    rankPixels(ranking, photo, logits.map(sigmoid));
    const of = photo.marks.length > 0 ? highest.marked : highest.good;
    of.push(logits.reduce((a, b) => Math.max(a, b), -Infinity));
  });
  const imageAUROC = auroc(highest.marked, highest.good);
  return { pixelAP: ranking.averagePrecision(), ...(highest.good.length > 0 && { imageAUROC }) };
}

/** Of a photo's side, a cell stands for so many of the pixels that are looked at, at least; all are, where it has no more. */
const PIXELS_PER_CELL = 8;

function rankPixels(ranking: Ranking, photo: LessonPhoto, scores: Float64Array): void {
  const map = joinMaps(scoreMaps(photo, [scores]), photo);
  const every = Math.max(1, Math.floor(map.step / PIXELS_PER_CELL));
  const seen = { width: Math.floor(photo.width / every), height: Math.floor(photo.height / every) };
  const regions = photo.marks.map(({ region }) => region);
  const mask = regions.length > 0 && rasterize({ mask: uniteRegions(regions) }, photo.width, photo.height);
  visitScores({ ...map, step: map.step / every }, seen, (at, score) => {
    const column = (at % seen.width) * every;
    const row = Math.floor(at / seen.width) * every;
    const isMarked = mask && mask[row * photo.width + column] === 1;
    ranking.add(score, isMarked ? 1 : 0, isMarked ? 0 : 1);
  });
}
