/**
 * What a person teaches: classes, photos that are good, and photos on which defects are marked. A lesson is never changed; every edit
 * gives another one, so that any former one can be had back.
 */
import { subtractRegion, RegionColumns, uniteRegions } from '../../core/regions/region-sets.js';
import type { Region } from '../../core/types.js';
import { keyOf } from '../intake/distinct-names.js';

export interface LessonClass {
  /** From 1 on, and never used again within a lesson. */
  readonly id: number;
  readonly name: string;
  /** `#rrggbb`; else by its place among the classes. */
  readonly color?: string;
}

/** A defect that a person has marked. */
export interface Mark {
  /** From 1 on, and never used again within a lesson. */
  readonly id: number;
  readonly classId: number;
  /** In photo pixels; marks of a photo share none. */
  readonly region: Region;
}

/** What is said of a photo: that all of it is good, or where its defects are. */
export type Teaching =
  { readonly isGood: true } | { readonly isGood: false; readonly marks: readonly Mark[] };

export interface Lesson {
  readonly name: string;
  readonly classes: readonly LessonClass[];
  /** By the photo's id; a photo of which nothing is said is not among them. */
  readonly photos: ReadonlyMap<number, Teaching>;
  readonly nextClassId: number;
  readonly nextMarkId: number;
}

export const newLesson = (name: string): Lesson => ({
  name,
  classes: [],
  photos: new Map(),
  nextClassId: 1,
  nextMarkId: 1,
});

export function marksOf({ photos }: Lesson, photo: number): readonly Mark[] {
  const teaching = photos.get(photo);
  return teaching && !teaching.isGood ? teaching.marks : [];
}

/** The class of that name, whatever its case: in a table two of one name could not be told apart. @param besides id of one that is not meant */
export function classNamed(
  classes: readonly LessonClass[],
  name: string,
  besides?: number,
): LessonClass | undefined {
  const key = keyOf(name.trim());
  return classes.find((one) => one.id !== besides && keyOf(one.name.trim()) === key);
}

/** Appends a class, which may have been one of the lesson before. */
export function addClass(lesson: Lesson, name: string): Lesson {
  const id = lesson.nextClassId;
  return { ...lesson, classes: [...lesson.classes, { id, name }], nextClassId: id + 1 };
}

/** Under another name or in another colour. */
export function changeClass(lesson: Lesson, id: number, change: Partial<Omit<LessonClass, 'id'>>): Lesson {
  const classes = lesson.classes.map((one) => (one.id === id ? { ...one, ...change } : one));
  return { ...lesson, classes };
}

/** Without the class and all that is marked as it. */
export function removeClass(lesson: Lesson, id: number): Lesson {
  const classes = lesson.classes.filter((one) => one.id !== id);
  let next: Lesson = { ...lesson, classes };
  for (const photo of lesson.photos.keys()) {
    const marks = marksOf(lesson, photo);
    const left = marks.filter(({ classId }) => classId !== id);
    if (left.length < marks.length) next = withMarks(next, photo, left);
  }
  return next;
}

/**
 * Marks a region. What it meets of the same class becomes one mark with it; of another class, the pixels that both would hold are its
 * own now. A photo that was called good is so no more.
 * @throws {RangeError} where the lesson has no such class
 */
export function addMark(lesson: Lesson, photo: number, classId: number, region: Region): Lesson {
  return putMark(lesson, photo, { classId, region });
}

/** @param mark with the id that it has, if it has one */
function putMark(
  lesson: Lesson,
  photo: number,
  { id, classId, region }: Omit<Mark, 'id'> & Partial<Mark>,
): Lesson {
  if (!lesson.classes.some(({ id }) => id === classId)) throw new RangeError(`There is no class ${classId}.`);
  const columns = new RegionColumns(region);
  const met: Mark[] = [];
  const others: Mark[] = [];
  for (const mark of marksOf(lesson, photo)) {
    if (mark.classId === classId && columns.sharedArea(new RegionColumns(mark.region)) > 0) met.push(mark);
    else others.push(...without(mark, region));
  }
  const mark: Mark = {
    id: id ?? met[0]?.id ?? lesson.nextMarkId,
    classId,
    region: met.length > 0 ? uniteRegions([region, ...met.map((one) => one.region)]) : region,
  };
  const nextMarkId = Math.max(lesson.nextMarkId, mark.id + 1);
  return withMarks(
    { ...lesson, nextMarkId },
    photo,
    [...others, mark].sort((a, b) => a.id - b.id),
  );
}

/** Takes pixels from all marks of a photo. */
export function erase(lesson: Lesson, photo: number, region: Region): Lesson {
  const marks = marksOf(lesson, photo);
  const left = marks.flatMap((mark) => without(mark, region));
  const isSame = left.length === marks.length && left.every((mark, i) => mark === marks[i]);
  return isSame ? lesson : withMarks(lesson, photo, left);
}

export function removeMark(lesson: Lesson, photo: number, id: number): Lesson {
  const marks = marksOf(lesson, photo);
  const left = marks.filter((mark) => mark.id !== id);
  return left.length === marks.length ? lesson : withMarks(lesson, photo, left);
}

/** Says of a mark that it is of another class. @throws {RangeError} where the lesson has no such class */
export function changeMark(lesson: Lesson, photo: number, id: number, classId: number): Lesson {
  const mark = marksOf(lesson, photo).find((one) => one.id === id);
  if (!mark || mark.classId === classId) return lesson;
  return putMark(removeMark(lesson, photo, id), photo, { ...mark, classId });
}

/** Says of photos that all of each is good, whatever was marked on them; or that nothing is said of those that were called good. */
export function callGood(lesson: Lesson, photos: readonly number[], isGood: boolean): Lesson {
  const next = new Map(lesson.photos);
  for (const photo of photos) {
    if (isGood) next.set(photo, GOOD);
    else if (next.get(photo)?.isGood) next.delete(photo);
  }
  return { ...lesson, photos: next };
}

/** Without photos that are gone from the list. */
export function forgetPhotos(lesson: Lesson, isThere: (photo: number) => boolean): Lesson {
  const kept = [...lesson.photos].filter(([photo]) => isThere(photo));
  return kept.length === lesson.photos.size ? lesson : { ...lesson, photos: new Map(kept) };
}

const GOOD: Teaching = { isGood: true };

function without(mark: Mark, region: Region): readonly Mark[] {
  const left = subtractRegion(mark.region, region);
  if (left === mark.region) return [mark];
  return left ? [{ ...mark, region: left }] : [];
}

function withMarks(lesson: Lesson, photo: number, marks: readonly Mark[]): Lesson {
  const photos = new Map(lesson.photos);
  if (marks.length > 0) photos.set(photo, { isGood: false, marks });
  else photos.delete(photo);
  return { ...lesson, photos };
}
