/** From photos with marks, or good ones alone, to what finds the like in others. */
import { doubtsOf, requireUsable, type LessonDoubt } from './check-lesson.js';
import { Fingerprint } from './fingerprint.js';
import { atMostFive, foldsOf, oneByOneUnderTen } from './folds.js';
import { learnGood } from './learn-good.js';
import { learnMarked } from './learn-marked.js';
import type { Learning, LearnOptions, LearntHead } from './learnt.js';
import { marksOf, type Lesson, type LessonPhoto } from './lesson.js';
import { copiesOf, groupsOf, lessonNovelty, outliers } from './photo-features.js';

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
  const isCopy = copiesOf(photos, groups);
  const teach = isMarked ? learnMarked : learnGood;
  const learnt = yield* teach({ classes, photos }, { folds, isCopy }, options);

  const distinct = photos.filter((_, i) => groups[i] === i);
  const novelty = lessonNovelty(distinct);
  return {
    ...learnt,
    classIds: classes.map(({ id }) => id),
    ...(novelty && { novelty }),
    doubts: [
      ...resultDoubts(learnt, doubts),
      ...doubts,
      ...outliers(distinct).map(({ name }): LessonDoubt => ({
        reason: 'photo-of-other-look',
        params: { name },
      })),
    ],
  };
}

/** Where a class is marked in one photo alone, there is nothing to know it by in that photo: that is said already. */
const resultDoubts = (
  { figures: { marked, found }, misnamed = 0 }: LearntHead,
  doubts: readonly LessonDoubt[],
): LessonDoubt[] => [
  ...(marked > 1 && found === 0 ? [{ reason: 'nothing-found-again' } as const] : []),
  ...(misnamed > 0 && !doubts.some(({ reason }) => reason === 'class-in-one-photo')
    ? [{ reason: 'taken-for-another-class', params: { misnamed, found } } as const]
    : []),
];

/** By what is in them, so that every draw is the same whatever order they come in. */
function inOwnOrder(photos: readonly LessonPhoto[]): LessonPhoto[] {
  return photos
    .map((photo) => ({ photo, key: fingerprint(photo) }))
    .sort((a, b) => a.key - b.key)
    .map(({ photo }) => photo);
}

/** Of what learning looks at. */
function fingerprint({ views, marks }: LessonPhoto): number {
  const print = new Fingerprint();
  for (const { cells } of views) print.add(cells.values);
  print.addMarks(marks);
  return print.value;
}
