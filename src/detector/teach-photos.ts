/** The photos of a lesson: as they were given, and as the network sees them. */
import { InspectorError } from '../core/errors.js';
import { RegionColumns } from '../core/regions/region-sets.js';
import type { LessonDoubt } from '../core/teach/check-lesson.js';
import { lessonScale } from '../core/teach/lesson-scale.js';
import type { LessonPhoto, Mark } from '../core/teach/lesson.js';
import type { Size } from '../core/rect.js';
import type { InputRule, Progress, Region } from '../core/types.js';
import { LESSON_FEATURES, type LessonKind } from '../model/lesson-features.js';
import { isFailedStart } from './lane.js';
import { bitsOf } from './photo/sample-bits.js';
import { toPhotoInput, type PhotoInput } from './photo-input.js';
import {
  describePhoto,
  fingerprintOf,
  fits,
  inTurn,
  isPhotoFeatures,
  type Seeing,
} from './teach-features.js';
import type { Detector, FeaturesWorker } from './teach-worker.js';
import type { ImageInput } from './types.js';

/** What a person teaches. */
export interface Lesson {
  /** Of the model; 'taught' by default. */
  readonly name?: string;
  /** Photos without a defect. */
  readonly good: readonly ImageInput[];
  /** Photos on which all defects of the classes are marked, in photo pixels. */
  readonly marked: readonly {
    readonly image: ImageInput;
    readonly regions: readonly { readonly classId: number; readonly region: Region }[];
  }[];
  /** Kinds of defects, with ids from 1 on, distinct names and colours as `#rrggbb`. */
  readonly classes: readonly { readonly id: number; readonly name: string; readonly color?: string }[];
}

/** A photo of the lesson, as it was given. */
export interface Given extends PhotoInput {
  readonly isGood: boolean;
  readonly marks: readonly Mark[];
  /** Under which its features are kept, if they are. */
  readonly id: string | undefined;
  /** That count of 16 a sample, where a person has set them: inspecting takes the same ones. */
  readonly bits: number | undefined;
}

/** @throws {InspectorError} where a mark is none */
export async function givenPhotos(
  { good, marked }: Lesson,
  {
    ids,
    names,
  }: { readonly ids?: readonly string[] | undefined; readonly names?: readonly string[] | undefined } = {},
): Promise<readonly Given[]> {
  const photos = [
    ...good.map((image) => ({ image, isGood: true, marks: [] })),
    ...marked.map(({ image, regions }) => ({ image, isGood: false, marks: regions })),
  ];
  return Promise.all(
    photos.map(async ({ image, isGood, marks }, i) => {
      const bits = bitsOf(image);
      const { name: own, read } = await toPhotoInput(image, { bits }).catch(unreadable);
      const name = names?.[i] ?? own;
      for (const { region } of marks) requireRegion(region, name);
      return { name, isGood, marks, id: ids?.[i], bits, read };
    }),
  );
}

/** What is wrong with a photo is said when it is its turn. */
const unreadable = (cause: unknown): PhotoInput => ({
  name: 'photo',
  read: async () => {
    throw cause;
  },
});

/** Programs may give anything. */
function requireRegion(region: Region, name: string): void {
  try {
    new RegionColumns(region);
  } catch (cause) {
    const params = { name };
    throw new InspectorError(
      { code: 'lesson-unusable', reason: 'lesson-mark-unreadable', params },
      { cause },
    );
  }
}

interface Describing {
  readonly kind: LessonKind;
  readonly kept: Map<string, object> | undefined;
  readonly detector: Detector;
  readonly worker: FeaturesWorker;
  readonly report: (progress: Progress) => void;
}

interface Described {
  readonly photos: readonly LessonPhoto[];
  /** By which they were seen. */
  readonly input: InputRule;
  readonly doubts: readonly LessonDoubt[];
}

/** All photos that can be read, or were once, at the scale that they ask for together. */
export async function describeAll(
  given: readonly Given[],
  { kind, kept, detector, worker, report }: Describing,
): Promise<Described> {
  const failed = new Map<Given, InspectorError>();
  const orLeaveOut = async <T>(photo: Given, work: Promise<T>): Promise<T | undefined> => {
    try {
      return await work;
    } catch (error) {
      if (!isOfPhoto(error)) throw error;
      failed.set(photo, error);
      return undefined;
    }
  };
  const keptOf = ({ id }: Given) => {
    const features = id === undefined ? undefined : kept?.get(id);
    return isPhotoFeatures(features) ? features : undefined;
  };
  const sizes = await inTurn(given, async (photo): Promise<Size | undefined> => {
    return (
      keptOf(photo) ??
      orLeaveOut(
        photo,
        worker.opened(photo, async (size) => size),
      )
    );
  });
  const sized = given.flatMap((photo, i) => (sizes[i] ? { ...sizes[i], photo, marks: photo.marks } : []));
  requireSome(given, failed);
  const { shortSide, doubt } = lessonScale(sized, detector.metadata.input, LESSON_FEATURES[kind].cell);
  const input: InputRule = { ...detector.metadata.input, shortSide, hasOneScale: true };
  const seeing: Seeing = { model: detector.hash, kind, shortSide };
  const described = await inTurn(sized, async ({ photo, marks }, before) => {
    const showDone = (share: number) =>
      report({ phase: 'inspecting', done: before + share, total: 2 * sized.length });
    const known = keptOf(photo);
    const own = known && fits(known, seeing) ? known : undefined;
    const isCurrent =
      own && own.bits === photo.bits && (kind === 'good' || own.marks === fingerprintOf(marks));
    const look = () =>
      worker.opened(photo, (size, key) =>
        describePhoto(worker.call, key, size, photo, { seeing, input, onLook: showDone }),
      );
    const features = isCurrent ? own : ((await orLeaveOut(photo, look())) ?? own);
    showDone(1);
    if (!features) return [];
    failed.delete(photo);
    if (photo.id !== undefined) kept?.set(photo.id, features);
    const { width, height, views, turned } = features;
    const { name, isGood } = photo;
    return [{ name, width, height, isGood, marks, views, turned }];
  });
  requireSome(given, failed);
  const leftOut = [...failed].map(([{ name }, { message }]): LessonDoubt => ({
    reason: 'photo-left-out',
    params: { name, cause: message },
  }));
  return { photos: described.flat(), input, doubts: [...leftOut, ...(doubt ? [doubt] : [])] };
}

/** What another photo would not fail with as well. */
const isOfPhoto = (error: unknown): error is InspectorError =>
  error instanceof InspectorError && error.code !== 'cancelled' && !isFailedStart(error);

/** Something else would be learnt without all photos of a kind. @throws {InspectorError} what the first of them failed with */
function requireSome(given: readonly Given[], unreadable: ReadonlyMap<Given, InspectorError>): void {
  for (const isGood of [false, true]) {
    const all = given.filter((photo) => photo.isGood === isGood);
    const [first] = all;
    if (first && all.every((photo) => unreadable.has(photo))) throw unreadable.get(first)!;
  }
}
