/** The cells of all photos that are learnt from, in one place. */
import { mulberry32, shuffled } from '../random.js';
import { marksOf, type Lesson } from './lesson.js';
import { BACKGROUND, MARKED, labelsOf, rowsOf, sharesOf } from './photo-rows.js';
import { pick, together, type Samples } from './samples.js';

/** Of the cells without a mark, a quarter tells about as much as all of them do (measured), unless there are few. */
const BACKGROUND_SHARE = 1 / 4;
const LEAST_BACKGROUND = 4000;
const MOST_BACKGROUND = 30_000;

export interface Pool {
  readonly samples: Samples;
  /** Per row, the index of its photo. */
  readonly owners: Uint32Array;
  /** Per row, `MARKED` or `BACKGROUND`. */
  readonly targets: Uint8Array;
  /** Per marked row, the index of the class that covers most of it; elsewhere 0. */
  readonly planes: Uint8Array;
}

export function poolOf({ photos, classes }: Lesson, seed: number): Pool {
  const labels = photos.map(labelsOf);
  const total = labels.reduce((sum, one) => sum + countOf(one, BACKGROUND), 0);
  const wanted = Math.min(MOST_BACKGROUND, Math.max(LEAST_BACKGROUND, total * BACKGROUND_SHARE));
  const picked = labels.map((one, i) => {
    const background = shuffled(placesOf(one, BACKGROUND), mulberry32(seed + i));
    background.length = Math.min(background.length, Math.ceil((background.length * wanted) / total));
    return [...placesOf(one, MARKED), ...background.sort((a, b) => a - b)];
  });
  return {
    samples: together(photos.map((photo, i) => pick(rowsOf(photo), picked[i]!))),
    owners: Uint32Array.from(picked.flatMap((rows, i) => rows.map(() => i))),
    targets: Uint8Array.from(picked.flatMap((rows, i) => rows.map((row) => labels[i]![row]!))),
    planes: Uint8Array.from(
      picked.flatMap((rows, i) => {
        const shares = classes.map(({ id }) => sharesOf(photos[i]!, marksOf(photos[i]!, id)));
        return rows.map((row) => largest(shares.map((share) => share[row]!)));
      }),
    ),
  };
}

const placesOf = (labels: Uint8Array, label: number): number[] =>
  Array.from(labels.keys()).filter((row) => labels[row] === label);

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
