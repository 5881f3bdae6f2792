/** Learning from good photos alone: what is unlike all that was seen on them. */
import { memoryScale, unlikeness, type MemoryHead } from './head.js';
import type { Learning, LearnOptions, LearntHead, LeavingOut } from './learnt.js';
import type { Lesson, LessonPhoto } from './lesson.js';
import { Nearest, coresetOf } from './nearest.js';
import { mulberry32 } from '../random.js';
import { rowsOf } from './photo-rows.js';
import { evenly, pick, together, type Samples } from './samples.js';
import { scoreMaps } from './score-maps.js';
import { falseAlarmShare, goodThreshold } from './thresholds.js';

/** Cells that are remembered. */
const MEMORY = 2000;
/** Cells that they are chosen from: from more, it takes longer and finds no better. */
const CANDIDATES = 5000;
/** What a photo may exceed the most unlike of those that were left out by, in standard deviations of theirs (training/TEACHING.md). */
const MARGIN = 1;

/** @param leavingOut of two folds at least */
export function* learnGood(
  { photos }: Lesson,
  { folds, isCopy }: LeavingOut,
  { findRegions, seed = 1 }: LearnOptions,
): Learning<LearntHead> {
  const foldCount = Math.max(...folds) + 1;
  const total = foldCount + 2;
  yield { done: 0, total };

  const memories: Nearest[] = [];
  /** Per photo that is no copy, the distance of the cell that is most unlike all remembered ones. */
  const farthest = new Map<number, number>();
  for (let fold = 0; fold < foldCount; fold++) {
    const memory = new Nearest(
      remember(
        photos.filter((_, i) => folds[i] !== fold),
        seed,
      ),
    );
    memories.push(memory);
    photos.forEach((photo, i) => {
      if (folds[i] === fold && !isCopy[i]) farthest.set(i, memory.farthest(rowsOf(photo)));
    });
    yield { done: fold + 1, total };
  }
  const memory = remember(photos, seed);
  yield { done: foldCount + 1, total };

  // Each photo is judged by the threshold that the others give.
  const falseAlarms = [...farthest].reduce((sum, [i, distance]) => {
    const others = [...farthest].flatMap(([other, theirs]) => (other === i ? [] : theirs));
    const threshold = goodThreshold(others, MARGIN);
    if (distance < threshold) return sum;
    const photo = photos[i]!;
    const scores = unlikeness(memories[folds[i]!]!, rowsOf(photo), memoryScale(threshold));
    return sum + findRegions(scoreMaps(photo, [scores]), photo).length;
  }, 0);
  const head: MemoryHead = {
    kind: 'memory',
    dims: memory.dims,
    cells: memory.values,
    ...memoryScale(goodThreshold([...farthest.values()], MARGIN)),
  };
  return {
    head,
    threshold: 0.5,
    calibration: { slope: 1, offset: 0 },
    figures: { marked: 0, good: farthest.size, found: 0, falseAlarms, folds: foldCount },
    falseAlarmShare: falseAlarmShare(farthest.size),
  };
}

/** Of all photos alike, one after the other: all of their cells at once would take too much memory. */
function remember(photos: readonly LessonPhoto[], seed: number): Samples {
  const candidates = together(
    photos.map((photo) => {
      const rows = rowsOf(photo);
      return pick(rows, evenly(rows.rows, Math.ceil(CANDIDATES / photos.length)));
    }),
  );
  const first = Math.floor(mulberry32(seed)() * candidates.rows);
  return pick(candidates, coresetOf(candidates, MEMORY, first).rows);
}
