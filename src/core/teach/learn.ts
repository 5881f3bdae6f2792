/** From photos with marks, or good ones alone, to what finds the like in others. */
import { doubtsOf, requireUsable, type LessonDoubt } from './check-lesson.js';
import { atMostFive, foldsOf, oneByOneUnderTen } from './folds.js';
import { learnGood } from './learn-good.js';
import { learnMarked } from './learn-marked.js';
import type { Learning, LearnOptions, TeachFigures } from './learnt.js';
import { marksOf, type Lesson, type LessonPhoto } from './lesson.js';
import { groupsOf, lessonNovelty, outliers } from './photo-features.js';

/**
 * Learns a lesson, step by step: each `next()` does some of it and says how far it is; who doesn't ask for another step has cancelled. The order of the
 * photos, and their names, change nothing but the sentences about them.
 *
 * @throws {InspectorError} `lesson-unusable`, at the first step
 * @throws {RangeError} when the photos' cells are of different features
 */
export function* learn(lesson: Lesson, options: LearnOptions): Learning {
  const photos = inOwnOrder(lesson.photos);
  const groups = groupsOf(photos);
  requireUsable({ ...lesson, photos }, groups);
  const doubts = doubtsOf({ ...lesson, photos }, groups);
  const classes = lesson.classes.filter(({ id }) => photos.some((photo) => marksOf(photo, id).length > 0));
  const items = photos.map(({ marks }, i) => ({
    classes: marks.map(({ classId }) => classId),
    group: groups[i]!,
  }));
  const isMarked = classes.length > 0;
  const folds = foldsOf(items, isMarked ? oneByOneUnderTen : atMostFive, options.seed ?? 1);
  const teach = isMarked ? learnMarked : learnGood;
  const learnt = yield* teach({ classes, photos }, folds, options);

  const distinct = photos.filter((_, i) => groups[i] === i);
  const novelty = lessonNovelty(distinct);
  return {
    ...learnt,
    classIds: classes.map(({ id }) => id),
    ...(novelty && { novelty }),
    doubts: [
      ...resultDoubts(learnt.figures),
      ...doubts,
      ...outliers(distinct).map(({ name }): LessonDoubt => ({
        reason: 'photo-of-other-look',
        params: { name },
      })),
    ],
  };
}

const resultDoubts = ({ marked, found }: TeachFigures): LessonDoubt[] =>
  marked > 1 && found === 0 ? [{ reason: 'nothing-found-again' }] : [];

/** By what is in them, so that every draw is the same whatever order they come in. */
function inOwnOrder(photos: readonly LessonPhoto[]): LessonPhoto[] {
  return photos
    .map((photo) => ({ photo, key: fingerprint(photo) }))
    .sort((a, b) => a.key - b.key)
    .map(({ photo }) => photo);
}

/** FNV-1a (Fowler, Noll and Vo) over what learning looks at: 32 bits. */
function fingerprint({ views, marks }: LessonPhoto): number {
  let hash = 0x811c9dc5;
  const add = (values: ArrayLike<number>) => {
    for (let i = 0; i < values.length; i++) hash = Math.imul(hash ^ values[i]!, 0x01000193);
  };
  for (const { cells } of views) {
    const { buffer, byteOffset, length } = cells.values;
    add(new Int32Array(buffer, byteOffset, length));
  }
  for (const { classId, region } of marks) {
    add([classId, region.x, region.y, region.width, region.height]);
    add(region.counts);
  }
  return hash >>> 0;
}
