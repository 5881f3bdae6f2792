/** The cells of all photos that are learnt from, in one place. */
import { fromBfloat16 } from './bfloat16.js';
import { cellsWithin, type CellGrid, type TurnedView } from './cells.js';
import { BACKGROUND_SHARE, drawPlaces } from './examples.js';
import type { Lesson, LessonClass, LessonPhoto, Mark } from './lesson.js';
import { BACKGROUND, MARKED, labelsOf, rowsOf, sharesOf } from './photo-rows.js';
import { pick, together, type Samples } from './samples.js';

/** Cells without a mark that are learnt from, of all photos together, if there are as many. */
const LEAST_BACKGROUND = 4000;
const MOST_BACKGROUND = 20_000;

export interface Pool {
  readonly samples: Samples;
  /** Per row, the index of its photo. */
  readonly owners: Uint32Array;
  /** Per row, `MARKED` or `BACKGROUND`. */
  readonly targets: Uint8Array;
  /** Per marked row, the index of the class that covers most of it; elsewhere 0. */
  readonly planes: Uint8Array;
}

/** A photo as it is, or turned in one way: rows that may be learnt from. */
interface Source {
  /** Index of its photo. */
  readonly owner: number;
  readonly labels: Uint8Array;
  readonly planes: Uint8Array;
  rows(): Samples;
}

export function poolOf({ photos, classes }: Lesson, seed: number): Pool {
  const own = photos.map((photo) => countOf(labelsOf(photo), BACKGROUND));
  const sources = photos.flatMap((photo, owner) => sourcesOf(photo, owner, classes));
  const total = sources.reduce((sum, { owner }) => sum + own[owner]!, 0);
  const wanted = Math.min(MOST_BACKGROUND, Math.max(LEAST_BACKGROUND, total * BACKGROUND_SHARE));
  const parts = sources.map((source, i) => {
    const { owner, labels } = source;
    const background = drawPlaces(labels, BACKGROUND, Math.ceil((own[owner]! * wanted) / total), seed + i);
    const places = [...drawPlaces(labels, MARKED, labels.length, seed), ...background];
    return { ...source, places, samples: pick(source.rows(), places) };
  });
  const perRow = (value: (part: (typeof parts)[number], place: number) => number) =>
    parts.flatMap((part) => part.places.map((place) => value(part, place)));
  return {
    samples: together(parts.map(({ samples }) => samples)),
    owners: Uint32Array.from(perRow(({ owner }) => owner)),
    targets: Uint8Array.from(perRow(({ labels }, place) => labels[place]!)),
    planes: Uint8Array.from(perRow(({ planes }, place) => planes[place]!)),
  };
}

function sourcesOf(photo: LessonPhoto, owner: number, classes: readonly LessonClass[]): Source[] {
  const { views, turned = [], marks } = photo;
  return [
    {
      owner,
      labels: labelsOf(photo),
      planes: planesOf(views, marks, classes),
      rows: () => rowsOf(photo),
    },
    ...turned.map((some) => ({
      owner,
      labels: Uint8Array.from(atPlaces(some, labelsOf({ views: some, marks }))),
      planes: Uint8Array.from(atPlaces(some, planesOf(some, marks, classes))),
      rows: () =>
        together(
          some.map(({ places, dims, values }) => ({
            rows: places.length,
            dims,
            values: fromBfloat16(values),
          })),
        ),
    })),
  ];
}

/** Per row, the class that covers most of it. */
function planesOf(
  views: readonly CellGrid[],
  marks: readonly Mark[],
  classes: readonly LessonClass[],
): Uint8Array {
  const shares = classes.map(({ id }) =>
    sharesOf(
      { views },
      marks.filter(({ classId }) => classId === id),
    ),
  );
  return Uint8Array.from(shares[0]!, (_, row) => largest(shares.map((share) => share[row]!)));
}

/** What is known of each row of the whole views, for those cells alone that are there. */
function atPlaces(views: readonly TurnedView[], perRow: Uint8Array): number[] {
  let from = 0;
  return views.flatMap((view) => {
    const within = cellsWithin(view);
    const rows = new Map(Array.from(within, (cell, i) => [cell, from + i]));
    from += within.length;
    return Array.from(view.places, (cell) => perRow[rows.get(cell)!]!);
  });
}

const countOf = (labels: Uint8Array, label: number): number =>
  labels.reduce((count, one) => count + (one === label ? 1 : 0), 0);

/** Index of the largest, the first of equals. */
export const largest = (values: readonly number[]): number => values.indexOf(Math.max(...values));

/**
 * What each row weighs: every photo's marked cells count alike, however many they are, so that one large mark does not stand for all. Those of photos
 * that are left out weigh nothing.
 */
export function weightsOf({ owners, targets }: Pool, isLearnt: (photo: number) => boolean): Float64Array {
  const marked = new Map<number, number>();
  targets.forEach((target, row) => {
    if (target === MARKED) marked.set(owners[row]!, (marked.get(owners[row]!) ?? 0) + 1);
  });
  return Float64Array.from(targets, (target, row) => {
    if (!isLearnt(owners[row]!)) return 0;
    return target === MARKED ? 1 / marked.get(owners[row]!)! : 1;
  });
}
