/** Photos as wholes: what they look like on average, and which show the same. */
import type { NoveltyReference } from '../types.js';
import type { LessonPhoto } from './lesson.js';
import { rowsOf } from './photo-rows.js';
import { evenly, pick, spreadOf, type Samples } from './samples.js';

/** Cells of a photo that are compared with another's. */
const COMPARED = 256;
/** Copies differ by less than this share of what cells of a photo differ by: one was saved again. */
const COPY = 0.02;
/** How far beyond the lesson's own photos another may lie before it is called foreign, and how far a photo beyond the others. */
const MARGIN = 1.5;
const OUTLIER = 3;
/** From fewer it can't be told what is usual. */
const LEAST_PHOTOS = 4;

/** The same number for photos that show the same: the index of the first of them. */
export function groupsOf(photos: readonly LessonPhoto[]): number[] {
  const seen: Samples[] = [];
  const groups: number[] = [];
  photos.forEach((photo, i) => {
    const rows = rowsOf(photo);
    const cells = pick(rows, evenly(rows.rows, COMPARED));
    const like = seen.findIndex((other) => isCopy(other, cells));
    seen.push(cells);
    groups.push(like < 0 ? i : groups[like]!);
  });
  return groups;
}

function isCopy(a: Samples, b: Samples): boolean {
  if (a.rows !== b.rows || a.dims !== b.dims) return false;
  const squares = a.values.reduce((sum, value, i) => sum + (value - b.values[i]!) ** 2, 0);
  return Math.sqrt(squares / a.rows) <= COPY * spreadOf(b);
}

/** Which photos show the same as one before them of which the same is said, good or marked: what comes of them says nothing new. */
export const copiesOf = (photos: readonly LessonPhoto[], groups: readonly number[]): boolean[] =>
  photos.map(({ isGood }, i) =>
    photos.some((other, j) => j < i && groups[j] === groups[i] && other.isGood === isGood),
  );

/** Of each photo, how far its view that is farthest lies from the nearest view of another photo. */
function toNearest(photos: readonly LessonPhoto[]): number[] {
  return photos.map((photo) => {
    const others = photos.filter((other) => other !== photo).flatMap(({ views }) => views);
    const far = photo.views.map(({ mean }) => Math.min(...others.map((other) => distance(mean, other.mean))));
    return Math.max(...far);
  });
}

const distance = (a: Float32Array, b: Float32Array): number =>
  Math.sqrt(a.reduce((sum, value, k) => sum + (value - b[k]!) ** 2, 0));

/**
 * What the views of the lesson's photos look like: one above 1 looks like none of them. Undefined where the photos are too few.
 *
 * @param photos no two of which show the same
 */
export function lessonNovelty(photos: readonly LessonPhoto[]): NoveltyReference | undefined {
  if (photos.length < LEAST_PHOTOS) return undefined;
  const centres = photos.flatMap(({ views }) => views.map(({ mean }) => [...mean]));
  return { centres, limit: MARGIN * Math.max(...toNearest(photos)) };
}

/** The photos that look like none of the others, as by another light. */
export function outliers(photos: readonly LessonPhoto[]): LessonPhoto[] {
  if (photos.length < LEAST_PHOTOS) return [];
  const distances = toNearest(photos);
  const usual = [...distances].sort((a, b) => a - b)[Math.floor(distances.length / 2)]!;
  return photos.filter((_, i) => distances[i]! > OUTLIER * usual);
}
