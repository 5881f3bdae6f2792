import { describe, expect, it } from 'vitest';
import { lessonDoubts } from '../../../../src/messages/lesson-text.js';
import { say } from '../../../../src/messages/message.js';
import { InspectorError } from '../../../../src/core/errors.js';
import { doubtsOf, requireUsable } from '../../../../src/core/teach/check-lesson.js';
import type { Lesson, LessonPhoto } from '../../../../src/core/teach/lesson.js';
import { groupsOf, lessonNovelty, outliers } from '../../../../src/core/teach/photo-features.js';
import {
  CLASSES,
  HEIGHT,
  WIDTH,
  drawnDefect,
  drawnLesson,
  drawnPhoto,
  rectangle,
  regionOf,
} from './drawn-lesson.js';

const lesson = drawnLesson(1, { classes: CLASSES });
const [dent, scratch] = CLASSES.map(({ id }) => drawnDefect(50, id)) as [
  ReturnType<typeof drawnDefect>,
  ReturnType<typeof drawnDefect>,
];

const withPhotos = (...photos: readonly LessonPhoto[]): Lesson => ({
  ...lesson,
  photos: [...lesson.photos, ...photos],
});

function check(one: Lesson) {
  const groups = groupsOf(one.photos);
  requireUsable(one, groups);
  return doubtsOf(one, groups);
}

function refusal(one: Lesson): InspectorError['data'] {
  try {
    check(one);
  } catch (error) {
    if (error instanceof InspectorError) return error.data;
    throw error;
  }
  throw new Error('The lesson is usable.');
}

describe('a lesson is unusable', () => {
  const everything = drawnPhoto(60, {
    marks: [{ classId: 1, region: rectangle(0, 0, WIDTH, HEIGHT) }],
    isGood: false,
  });
  const outside = drawnPhoto(61, {
    marks: [{ classId: 1, region: rectangle(WIDTH, 0, 9, 9) }],
    isGood: false,
  });
  const both = [62, 63].map((seed) =>
    drawnPhoto(seed, {
      defects: [dent],
      marks: CLASSES.map(({ id }) => ({ classId: id, region: regionOf(dent) })),
    }),
  );
  const good = drawnPhoto(64);

  it.each([
    ['without photos', { classes: CLASSES, photos: [] }, { reason: 'lesson-empty' }],
    ['with one good photo alone', { classes: [], photos: [good] }, { reason: 'lesson-of-one-photo' }],
    ['of copies', { classes: [], photos: [good, good, good] }, { reason: 'lesson-photos-alike' }],
    ['where all is marked', { classes: CLASSES, photos: [everything] }, { reason: 'lesson-all-marked' }],
    [
      'with marks outside of photos',
      { classes: CLASSES, photos: [outside, good] },
      { reason: 'lesson-marks-outside' },
    ],
    [
      'with a good photo that has marks',
      withPhotos(drawnPhoto(65, { defects: [dent], isGood: true })),
      { reason: 'lesson-good-with-marks', params: { name: 'photo-65.png' } },
    ],
    [
      'with a photo of which nothing is said',
      withPhotos(drawnPhoto(66, { isGood: false })),
      { reason: 'lesson-not-said', params: { name: 'photo-66.png' } },
    ],
    [
      'with marks of no class',
      withPhotos(drawnPhoto(67, { defects: [{ ...dent, classId: 2 }] })),
      { reason: 'lesson-class-unknown', params: { classId: 2 } },
    ],
    [
      'with two classes that are marked in the same places alone',
      { classes: CLASSES, photos: [...both, good] },
      { reason: 'lesson-classes-alike', params: { one: 'dent', other: 'scratch' } },
    ],
  ] as const)('%s', (_, one, expected) => {
    expect(refusal(one)).toEqual({ code: 'lesson-unusable', ...expected });
  });
});

describe('a lesson is doubtful', () => {
  it('not when there is enough of everything', () => {
    expect(check(lesson)).toEqual([]);
  });

  it('with few photos', () => {
    expect(check(drawnLesson(1, { good: 4, marked: 3 }))).toEqual([
      { reason: 'few-photos', params: { marked: 3, good: 4 } },
    ]);
    expect(check(drawnLesson(1, { good: 9, marked: 2 }))).toEqual([
      { reason: 'few-photos', params: { marked: 2, good: 9 } },
    ]);
    expect(check(drawnLesson(1, { good: 5, marked: 0 }))).toEqual([]);
  });

  it('with a class that is marked in one photo, or in none', () => {
    const photos = drawnLesson(1).photos;
    const one = drawnPhoto(70, { defects: [scratch] });
    expect(check({ classes: CLASSES, photos })).toEqual([
      { reason: 'class-without-marks', params: { name: 'scratch' } },
    ]);
    expect(check({ classes: CLASSES, photos: [...photos, one] })).toEqual([
      { reason: 'class-in-one-photo', params: { name: 'scratch' } },
    ]);
  });

  it('where one place is marked as two classes', () => {
    const marks = CLASSES.map(({ id }) => ({ classId: id, region: regionOf(dent) }));
    expect(check(withPhotos(drawnPhoto(71, { defects: [dent], marks })))).toEqual([
      {
        reason: 'same-place-in-two-classes',
        params: { name: 'photo-71.png', one: 'dent', other: 'scratch' },
      },
    ]);
  });

  it('where a photo is there twice, above all with another answer', () => {
    const marked = drawnPhoto(72, { defects: [dent] });
    const good = { ...marked, name: 'again.png', isGood: true, marks: [] };
    expect(check(withPhotos(marked, { ...marked, name: 'again.png' }))).toEqual([
      { reason: 'copies', params: { name: 'photo-72.png', other: 'again.png' } },
    ]);
    expect(check(withPhotos(marked, good))).toContainEqual({
      reason: 'good-and-marked',
      params: { name: 'photo-72.png', other: 'again.png' },
    });
  });

  it('with copies alone to test on: each counts once', () => {
    const good = drawnPhoto(75);
    const marked = drawnLesson(1, { good: 0, marked: 3 }).photos;
    const copies = Array.from({ length: 5 }, (_, i) => ({ ...good, name: `${i}.png` }));
    expect(check({ classes: CLASSES.slice(0, 1), photos: [...marked, ...copies] }).at(-1)).toEqual({
      reason: 'few-photos',
      params: { marked: 3, good: 1 },
    });
  });

  it('where marks cover most of a photo', () => {
    const doubtOf = (width: number) => {
      const marks = [{ classId: 1, region: rectangle(0, 0, width, HEIGHT) }];
      return check(withPhotos({ ...drawnPhoto(76), isGood: false, marks })).filter(
        ({ reason }) => reason === 'mostly-marked',
      );
    };
    expect(doubtOf(WIDTH / 2)).toEqual([]);
    expect(doubtOf(WIDTH)).toEqual([{ reason: 'mostly-marked', params: { name: 'photo-76.png', share: 1 } }]);
  });

  it('where what is marked looks like what is not', () => {
    // Half of a defect is not marked, and looks the same to a hair.
    const photo = drawnPhoto(73, { defects: [{ ...dent, column: 2, row: 2, width: 4, height: 4 }] });
    const { values } = photo.views[0]!.cells;
    for (let row = 2; row < 6; row++) {
      for (let column = 2; column < 6; column++) {
        for (let k = 0; k < 8; k++) values[(row * 14 + column) * 8 + k] = k + 0.01 * column;
      }
    }
    const marks = [{ classId: 1, region: regionOf({ ...dent, column: 2, row: 2, width: 2, height: 4 }) }];
    expect(check(withPhotos({ ...photo, marks }))).toEqual([
      { reason: 'marks-look-like-the-rest', params: { name: 'photo-73.png' } },
    ]);
  });

  it('with a photo of another size', () => {
    const photo = { ...drawnPhoto(74), width: 5 * WIDTH, height: 5 * HEIGHT };
    expect(check(withPhotos(photo))).toEqual([
      { reason: 'photo-of-other-size', params: { name: 'photo-74.png' } },
    ]);
  });

  it('and says so in sentences', () => {
    for (const doubt of check(drawnLesson(1, { good: 1, marked: 1 }))) {
      expect(say(lessonDoubts, doubt)).toMatch(
        /^(“dent” is marked in one photo|Tested on 1 marked photo and 1 good photo: )/,
      );
    }
  });
});

describe('photos as wholes', () => {
  const photos = Array.from({ length: 6 }, (_, i) => drawnPhoto(80 + i));

  it('a copy is one that was saved again', () => {
    const first = photos[0]!;
    const { cells } = first.views[0]!;
    const again = { ...cells, values: cells.values.map((value) => value + 0.005) };
    const copy = { ...first, views: [{ ...first.views[0]!, cells: again }] };
    expect(groupsOf([...photos, copy])).toEqual([0, 1, 2, 3, 4, 5, 0]);
  });

  it('one by another light looks like none of the others', () => {
    const bright = drawnPhoto(90, { light: 1 });
    expect(outliers(photos)).toEqual([]);
    expect(outliers([...photos, bright])).toEqual([bright]);
  });

  it('few do not say what is usual', () => {
    expect(lessonNovelty(photos.slice(0, 3))).toBeUndefined();
    expect(outliers([...photos.slice(0, 2), drawnPhoto(90, { light: 5 })])).toEqual([]);
  });
});
