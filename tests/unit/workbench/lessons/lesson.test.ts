import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rasterize } from '../../../../src/core/regions/region.js';
import type { Region } from '../../../../src/core/types.js';
import {
  addClass,
  addMark,
  callGood,
  changeClass,
  changeMark,
  erase,
  forgetPhotos,
  marksOf,
  newLesson,
  removeClass,
  removeMark,
  type Lesson,
} from '../../../../src/workbench/lessons/lesson.js';
import { bitmaps, regionOf } from '../../core/regions/bitmaps.js';

const SIDE = 20;
const regions = bitmaps.map(regionOf).filter((region): region is Region => region !== undefined);
const pixelsOf = (mask: Region) => rasterize({ mask }, SIDE, SIDE);

const box = (x: number, y: number, width: number, height: number): Region => ({
  ...{ x, y, width, height },
  counts: Uint32Array.of(0, width * height),
});

const EMPTY = ['pit', 'crack'].reduce(addClass, newLesson('Bearings'));
const [PIT, CRACK] = [1, 2];
const PHOTO = 7;

/** The class of each pixel, or -1. */
function painted(lesson: Lesson): number[] {
  const classes = Array.from({ length: SIDE * SIDE }, () => -1);
  for (const { classId, region } of marksOf(lesson, PHOTO)) {
    pixelsOf(region).forEach((pixel, at) => {
      if (pixel === 0) return;
      expect(classes[at]).toBe(-1);
      classes[at] = classId;
    });
  }
  return classes;
}

describe('marks', () => {
  it('are what was painted and erased last, pixel by pixel, however they meet', () => {
    const stroke = fc.record({ region: regions, classId: fc.constantFrom(PIT, CRACK, undefined) });
    fc.assert(
      fc.property(fc.array(stroke, { maxLength: 8 }), (strokes) => {
        const expected = Array.from({ length: SIDE * SIDE }, () => -1);
        let lesson = EMPTY;
        for (const { region, classId } of strokes) {
          lesson =
            classId === undefined ? erase(lesson, PHOTO, region) : addMark(lesson, PHOTO, classId, region);
          pixelsOf(region).forEach((pixel, at) => {
            if (pixel === 1) expected[at] = classId ?? -1;
          });
        }
        expect(painted(lesson)).toEqual(expected);
        const ids = marksOf(lesson, PHOTO).map(({ id }) => id);
        expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
        expect(lesson.photos.has(PHOTO)).toBe(ids.length > 0);
      }),
    );
  });

  it('of one class that meet become one, which keeps its number; apart they stay two', () => {
    let lesson = addMark(EMPTY, PHOTO, PIT, box(0, 0, 4, 4));
    lesson = addMark(lesson, PHOTO, PIT, box(8, 0, 4, 4));
    expect(marksOf(lesson, PHOTO).map(({ id }) => id)).toEqual([1, 2]);
    lesson = addMark(lesson, PHOTO, PIT, box(3, 1, 6, 2));
    expect(marksOf(lesson, PHOTO)).toMatchObject([{ id: 1, region: { x: 0, y: 0, width: 12, height: 4 } }]);
    expect(marksOf(addMark(lesson, PHOTO, CRACK, box(15, 0, 1, 1)), PHOTO).map(({ id }) => id)).toEqual([
      1, 3,
    ]);
  });

  it('can be of another class, and be removed', () => {
    const lesson = addMark(EMPTY, PHOTO, PIT, box(0, 0, 4, 4));
    // It is the same mark: what has selected it finds it again.
    expect(marksOf(changeMark(lesson, PHOTO, 1, CRACK), PHOTO)).toMatchObject([
      { id: 1, classId: CRACK, region: box(0, 0, 4, 4) },
    ]);
    expect(changeMark(lesson, PHOTO, 1, PIT)).toBe(lesson);
    expect(removeMark(lesson, PHOTO, 1).photos.size).toBe(0);
    expect(removeMark(lesson, PHOTO, 2)).toBe(lesson);
    expect(erase(lesson, PHOTO, box(10, 10, 2, 2))).toBe(lesson);
  });

  it('are of a class that there is', () => {
    expect(() => addMark(EMPTY, PHOTO, 5, box(0, 0, 1, 1))).toThrow(RangeError);
  });

  it('leave every former lesson as it was', () => {
    const lesson = addMark(EMPTY, PHOTO, PIT, box(0, 0, 4, 4));
    const before = structuredClone(lesson);
    addMark(lesson, PHOTO, PIT, box(2, 2, 4, 4));
    erase(lesson, PHOTO, box(0, 0, 2, 2));
    callGood(lesson, [PHOTO, 8], true);
    removeClass(lesson, PIT);
    expect(lesson).toEqual(before);
  });
});

describe('a photo that is called good', () => {
  it('has no marks any more; and a mark on it says that it is not good', () => {
    const marked = addMark(EMPTY, PHOTO, PIT, box(0, 0, 4, 4));
    const good = callGood(marked, [PHOTO, 8], true);
    expect([...good.photos.values()]).toEqual([{ isGood: true }, { isGood: true }]);
    expect(marksOf(good, PHOTO)).toEqual([]);
    expect(addMark(good, PHOTO, PIT, box(0, 0, 4, 4)).photos.get(PHOTO)).toMatchObject({ isGood: false });
  });

  it('can be taken back, which leaves marked photos alone', () => {
    const lesson = callGood(addMark(EMPTY, PHOTO, PIT, box(0, 0, 4, 4)), [8], true);
    const taken = callGood(lesson, [PHOTO, 8], false);
    expect([...taken.photos.keys()]).toEqual([PHOTO]);
  });
});

describe('classes', () => {
  it('are renamed and coloured, and removed with their marks; their numbers are not used again', () => {
    let lesson = addMark(EMPTY, PHOTO, PIT, box(0, 0, 4, 4));
    lesson = addMark(lesson, PHOTO, CRACK, box(9, 9, 4, 4));
    lesson = addMark(lesson, 8, PIT, box(0, 0, 4, 4));
    lesson = changeClass(lesson, CRACK, { name: 'scratch', color: '#ff0000' });
    lesson = addClass(removeClass(lesson, PIT), 'dent');
    expect(lesson.classes).toEqual([
      { id: CRACK, name: 'scratch', color: '#ff0000' },
      { id: 3, name: 'dent' },
    ]);
    expect(marksOf(lesson, PHOTO).map(({ classId }) => classId)).toEqual([CRACK]);
    expect(lesson.photos.has(8)).toBe(false);
  });
});

it('photos that are gone are forgotten', () => {
  const lesson = callGood(EMPTY, [1, 2, 3], true);
  expect([...forgetPhotos(lesson, (photo) => photo !== 2).photos.keys()]).toEqual([1, 3]);
  expect(forgetPhotos(lesson, () => true)).toBe(lesson);
});
