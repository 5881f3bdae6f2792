import type { Lesson } from './teach.js';

/**
 * What a caller gives as a lesson, with empty lists and names where there are none: learning then says what is missing. Programs that nobody
 * has checked the types of give such things.
 */
export function givenLesson(lesson: Lesson): Lesson {
  const { good, marked, classes, ...others } = given(lesson);
  return {
    ...others,
    good: listOf(good),
    marked: listOf(marked).map((one) => ({ ...one, regions: listOf(given(one).regions) })),
    classes: listOf(classes).map((one) => ({ ...one, name: (given(one) as Partial<typeof one>).name ?? '' })),
  };
}

const given = <T>(value: T): T => Object(value) as T;
const listOf = <T>(value: readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [];
