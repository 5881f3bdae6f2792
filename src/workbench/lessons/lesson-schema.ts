/** What a lesson must be that comes from outside this visit: from a file, or from the browser's storage. */
import * as v from 'valibot';
import { clipped, MAX_CLASSES, MAX_NAME } from '../../core/limits.js';
import { RegionColumns } from '../../core/regions/region-sets.js';
import type { LessonDoubt } from '../../core/teach/check-lesson.js';
import type { TeachFigures } from '../../core/teach/learnt.js';
import { lessonDoubts } from '../../messages/lesson-text.js';
import type { PackedLesson, PackedPhoto } from './package.js';
import { KEEPINGS } from './state.js';

const Name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_NAME));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Id = v.pipe(v.number(), v.integer(), v.minValue(1));
const Length = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e6));
const Place = v.pipe(Count, v.maxValue(1e6));
const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** Of a region, whatever its runs are written as. */
export const Box = v.object({ x: Place, y: Place, width: Length, height: Length });

const Region = v.pipe(
  v.object({ ...Box.entries, counts: v.instance(Uint32Array) }),
  v.check((region) => new RegionColumns(region).area > 0),
);

/** What is not named here is dropped: the compiler asks for whatever a lesson may have. */
type Named<T> = Record<keyof T, v.GenericSchema>;

const Photo = v.pipe(
  v.object({
    // Programs call photos as they like.
    name: v.pipe(
      v.string(),
      v.transform((name) => clipped(name)),
    ),
    hash: v.optional(v.pipe(v.string(), v.regex(/^[\da-f]{64}$/))),
    size: v.optional(v.object({ width: Length, height: Length })),
    isGood: v.boolean(),
    marks: v.array(v.object({ id: Id, classId: Id, region: Region })),
    features: v.optional(v.record(v.string(), v.unknown())),
    file: v.optional(v.instance(Blob)),
    thumbnail: v.optional(v.instance(Blob)),
  } satisfies Named<PackedPhoto>),
  // One of which nothing is said, or from which nothing can be learnt, is in no lesson.
  v.check(({ isGood, marks }) => isGood === (marks.length === 0)),
  v.check(({ features, file }) => (features ?? file) !== undefined),
);

/** One that this version has no sentence for is left out. */
const Doubts = v.pipe(
  v.array(v.looseObject({ reason: v.string() })),
  v.transform(
    (all) => all.filter(({ reason }) => Object.hasOwn(lessonDoubts, reason)) as unknown as LessonDoubt[],
  ),
);

const Lesson = v.object({
  name: Name,
  classes: v.pipe(
    v.array(
      v.object({
        id: v.pipe(Id, v.maxValue(MAX_CLASSES)),
        name: Name,
        color: v.optional(v.pipe(v.string(), v.regex(/^#[\da-f]{6}$/i))),
      }),
    ),
    v.check((classes) => new Set(classes.map(({ id }) => id)).size === classes.length),
  ),
  nextClassId: Id,
  nextMarkId: Id,
  keeping: v.picklist(KEEPINGS),
  photos: v.array(Photo),
  learnt: v.optional(
    v.object({
      figures: v.object({
        ...{ marked: Count, good: Count, found: Count, falseAlarms: Count, folds: Count },
        ...{ pixelAP: v.optional(Share), imageAUROC: v.optional(Share) },
      } satisfies Named<TeachFigures>),
      falseAlarmShare: v.optional(Share),
      doubts: Doubts,
      seconds: v.pipe(v.number(), v.minValue(0)),
      isOutdated: v.boolean(),
      model: v.instance(Blob),
    } satisfies Named<NonNullable<PackedLesson['learnt']>>),
  ),
} satisfies Named<PackedLesson>);

/** @throws {RangeError | v.ValiError} where it is no lesson, or what it says doesn't fit together */
export function checkLesson(value: unknown): PackedLesson {
  const { classes, photos, learnt, ...rest } = v.parse(Lesson, value);
  const known = new Set(classes.map(({ id }) => id));
  const marks = photos.flatMap((photo) => photo.marks);
  if (!marks.every(({ classId }) => known.has(classId)))
    throw new RangeError('A mark is of a class that is not there.');
  const highest = (ids: Iterable<number>) => [...ids].reduce((most, id) => Math.max(most, id), 0);
  return {
    ...rest,
    classes: classes.map((one) => given(one)),
    photos: photos.map((photo): PackedPhoto => given(photo)),
    nextClassId: Math.max(rest.nextClassId, 1 + highest(known)),
    nextMarkId: Math.max(rest.nextMarkId, 1 + highest(marks.map(({ id }) => id))),
    ...(learnt && { learnt: given({ ...learnt, figures: given(learnt.figures) }) }),
  };
}

type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without what is not there. */
const given = <T extends object>(value: T): Given<T> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Given<T>;
