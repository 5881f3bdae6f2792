/** What makes a lesson unusable, and what makes it doubtful, before anything is learnt. */
import type { lessonDoubts } from '../../messages/lesson-text.js';
import type { Message } from '../../messages/message.js';
import { InspectorError } from '../errors.js';
import { RegionColumns, uniteRegions } from '../regions/region-sets.js';
import { ENOUGH } from './enough.js';
import { copiesOf } from './photo-features.js';
import { marksOf, type Lesson, type LessonClass, type LessonPhoto } from './lesson.js';
import { Nearest } from './nearest.js';
import { BACKGROUND, MARKED, labelsOf, rowsOf } from './photo-rows.js';
import { evenly, pick, spreadOf, together, type Samples } from './samples.js';

/** Plain data: a sentence is made of it where a person reads it. */
export type LessonDoubt = Message<typeof lessonDoubts>;

/** Marks of two classes that have more than this share of the smaller one in common mean the same place. */
const SAME_PLACE = 0.5;
/** Of a photo, marks cover no more as a rule. */
const MOST_MARKED = 0.5;
/** Photos whose sides differ from the lesson's median by more than this factor are of another size. */
const OTHER_SIZE = 2;

/**
 * @param groups per photo, the same number for photos that show the same
 * @throws {InspectorError} `lesson-unusable` where nothing can be learnt, or where what is said of a photo contradicts itself
 */
export function requireUsable({ photos, classes }: Lesson, groups: readonly number[]): void {
  const names = new Map(classes.map(({ id, name }) => [id, name]));
  for (const { name, isGood, marks } of photos) {
    if (isGood && marks.length > 0) throw unusable({ reason: 'lesson-good-with-marks', params: { name } });
    if (!isGood && marks.length === 0) throw unusable({ reason: 'lesson-not-said', params: { name } });
    for (const { classId } of marks) {
      if (!names.has(classId)) throw unusable({ reason: 'lesson-class-unknown', params: { classId } });
    }
  }
  if (photos.length === 0) throw unusable({ reason: 'lesson-empty' });
  const isGoodAlone = photos.every(({ isGood }) => isGood);
  if (isGoodAlone && photos.length === 1) throw unusable({ reason: 'lesson-of-one-photo' });
  if (photos.length > 1 && new Set(groups).size === 1) throw unusable({ reason: 'lesson-photos-alike' });
  if (isGoodAlone) return;
  const labels = photos.map(labelsOf);
  if (!labels.some((one) => one.includes(MARKED))) throw unusable({ reason: 'lesson-marks-outside' });
  if (!labels.some((one) => one.includes(BACKGROUND))) throw unusable({ reason: 'lesson-all-marked' });
  for (const [one, other] of pairs(classes)) {
    const marked = photos.filter((photo) => [one, other].some(({ id }) => marksOf(photo, id).length > 0));
    if (marked.length > 0 && marked.every((photo) => isSamePlace(photo, one, other))) {
      throw unusable({ reason: 'lesson-classes-alike', params: { one: one.name, other: other.name } });
    }
  }
}

type Unusable = Extract<InspectorError['data'], { readonly reason: `lesson-${string}` }>;

const unusable = (reason: Omit<Unusable, 'code'>): InspectorError =>
  new InspectorError({ code: 'lesson-unusable', ...reason } as Unusable);

const pairs = <T>(items: readonly T[]): (readonly [T, T])[] =>
  items.flatMap((one, i) => items.slice(i + 1).map((other) => [one, other] as const));

/** Are the marks of both classes about the same place? */
function isSamePlace(photo: LessonPhoto, one: LessonClass, other: LessonClass): boolean {
  const [a, b] = [one, other].map(({ id }) => {
    const marks = marksOf(photo, id);
    return marks.length > 0 && new RegionColumns(uniteRegions(marks.map(({ region }) => region)));
  });
  return !!a && !!b && a.sharedArea(b) > SAME_PLACE * Math.min(a.area, b.area);
}

/** What a person should know, in the order in which it matters. The lesson is usable. */
export function doubtsOf(lesson: Lesson, groups: readonly number[]): LessonDoubt[] {
  const { photos, classes } = lesson;
  const isCopy = copiesOf(photos, groups);
  const counted = photos.filter((_, i) => !isCopy[i]);
  const marked = counted.filter(({ isGood }) => !isGood).length;
  const good = counted.length - marked;
  const isFew = (marked > 0 && marked < ENOUGH.marked) || good < ENOUGH.good;
  return [
    ...copyDoubts(photos, groups),
    ...photos.flatMap((photo) =>
      pairs(classes)
        .filter(([one, other]) => isSamePlace(photo, one, other))
        .map(([one, other]): LessonDoubt => {
          const params = { name: photo.name, one: one.name, other: other.name };
          return { reason: 'same-place-in-two-classes', params };
        }),
    ),
    ...classDoubts(lesson, groups),
    ...largelyMarked(photos),
    ...lookalikes(photos).map(({ name }): LessonDoubt => ({
      reason: 'marks-look-like-the-rest',
      params: { name },
    })),
    ...ofOtherSize(photos).map(({ name }): LessonDoubt => ({
      reason: 'photo-of-other-size',
      params: { name },
    })),
    ...(isFew ? [{ reason: 'few-photos', params: { marked, good } } as const] : []),
  ];
}

/** Photos of which marks cover more than half: there may be more good in the marks than in what is left. */
function largelyMarked(photos: readonly LessonPhoto[]): LessonDoubt[] {
  return photos.flatMap(({ name, width, height, marks }): LessonDoubt[] => {
    if (marks.length === 0) return [];
    const { area } = new RegionColumns(uniteRegions(marks.map(({ region }) => region)));
    const share = area / (width * height);
    return share > MOST_MARKED ? [{ reason: 'mostly-marked', params: { name, share } }] : [];
  });
}

function copyDoubts(photos: readonly LessonPhoto[], groups: readonly number[]): LessonDoubt[] {
  return photos.flatMap(({ name, isGood }, i): LessonDoubt[] => {
    const first = groups.indexOf(groups[i]!);
    if (first === i) return [];
    const other = photos[first]!;
    const params = { name: other.name, other: name };
    return [{ reason: other.isGood === isGood ? 'copies' : 'good-and-marked', params }];
  });
}

function classDoubts({ photos, classes }: Lesson, groups: readonly number[]): LessonDoubt[] {
  if (photos.every(({ isGood }) => isGood)) return [];
  return classes.flatMap(({ id, name }): LessonDoubt[] => {
    const count = new Set(groups.filter((_, i) => marksOf(photos[i]!, id).length > 0)).size;
    if (count > 1) return [];
    return [{ reason: count === 0 ? 'class-without-marks' : 'class-in-one-photo', params: { name } }];
  });
}

function ofOtherSize(photos: readonly LessonPhoto[]): LessonPhoto[] {
  const sizes = photos.map(({ width, height }) => Math.sqrt(width * height));
  const usual = [...sizes].sort((a, b) => a - b)[Math.floor(sizes.length / 2)]!;
  return photos.filter((_, i) => Math.max(sizes[i]! / usual, usual / sizes[i]!) > OTHER_SIZE);
}

/** Cells that differ by less than this share of what is usual between cells that are not marked look the same. */
const SAME_LOOK = 0.1;
/** Cells of a photo that are compared, and cells that they are compared with. */
const COMPARED = 40;
const AGAINST = 3000;

/** Photos of which most marked cells look the same as one that is not marked. */
function lookalikes(photos: readonly LessonPhoto[]): LessonPhoto[] {
  const split = photos.map((photo) => {
    const labels = labelsOf(photo);
    const rows = rowsOf(photo);
    const of = (label: number) => [...labels.keys()].filter((row) => labels[row] === label);
    return { rows, marked: of(MARKED), background: of(BACKGROUND) };
  });
  const some = (rows: Samples, places: readonly number[], most: number) =>
    pick(
      rows,
      evenly(places.length, most).map((i) => places[i]!),
    );
  const perPhoto = Math.ceil(AGAINST / photos.length);
  const background = together(split.map((one) => some(one.rows, one.background, perPhoto)));
  const nearest = new Nearest(background);
  const usual = spreadOf(background);
  return photos.filter((_, i) => {
    const { rows, marked } = split[i]!;
    if (marked.length === 0) return false;
    const distances = nearest.distances(some(rows, marked, COMPARED));
    return distances.filter((distance) => distance < SAME_LOOK * usual).length > distances.length / 2;
  });
}
