/** Learning a person's own part, with its surroundings handed in: see `createTeacher`. */
import { fromErrorData, InspectorError } from '../core/errors.js';
import type { LessonDoubt } from '../core/teach/check-lesson.js';
import type { TeachFigures } from '../core/teach/learnt.js';
import { lessonScale } from '../core/teach/lesson-scale.js';
import type { Mark } from '../core/teach/lesson.js';
import type { CellView } from '../core/teach/cells.js';
import type { Size } from '../core/rect.js';
import { MAX_CLASSES } from '../core/limits.js';
import { planViews, scaleFor } from '../core/pipeline/plan.js';
import { RegionColumns } from '../core/regions/region-sets.js';
import type { InputRule, ModelClass, Progress, Region } from '../core/types.js';
import { LESSON_FEATURES } from '../model/lesson-features.js';
import type { TeachTask } from '../model/teach-model.js';
import { cancellable, throwIfCancelled } from './cancellation.js';
import { guarded } from './guarded.js';
import { Lane } from './lane.js';
import type { Environment } from './open-detector.js';
import { toPhotoInput, type PhotoInput } from './photo-input.js';
import { spread } from './spread.js';
import { startWorker } from './start-worker.js';
import type { TeachingConnection } from './teaching-api.js';
import { TimeLimits } from './time-limit.js';
import type { ImageInput } from './types.js';
import type { InferenceWorkerApi, Result } from './worker-api.js';
import { unlessCrashed } from './worker-connection.js';

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
  readonly classes: readonly { readonly id: number; readonly name: string; readonly color?: string }[];
}

export interface TeachOptions {
  readonly signal?: AbortSignal;
  /** While photos are described, which is taken for half of the work, and while what they show is learnt. */
  readonly onProgress?: (progress: Progress) => void;
  readonly assets?: string | URL;
}

export interface Taught {
  /** An .onnx file, which is a model like any other. */
  readonly model: Blob;
  readonly figures: TeachFigures;
  /** Of good photos alone: the share of good ones of which a false alarm must be expected, 0..1. */
  readonly falseAlarmShare?: number;
  /** What is doubtful about the lesson. */
  readonly doubts: readonly LessonDoubt[];
}

/** What teaching needs of the page around it. */
export interface TeachEnvironment extends Omit<Environment, 'results'> {
  readonly connectTeaching: () => TeachingConnection;
}

/** A photo of the lesson, as it was given. */
interface Given {
  readonly input: PhotoInput;
  readonly isGood: boolean;
  readonly marks: readonly Mark[];
}

/**
 * Learns a lesson. @throws {InspectorError} `lesson-unusable` where nothing can be learnt from it; what a photo that can't be read fails
 * with, if there is one
 */
export async function teachLesson(
  lesson: Lesson,
  { signal, onProgress }: TeachOptions,
  environment: TeachEnvironment,
): Promise<Taught> {
  const classes = modelClasses(lesson);
  const report = guarded<Progress>((progress) => onProgress?.(progress));
  const given = await givenPhotos(lesson);
  if (given.length === 0) throw new InspectorError({ code: 'lesson-unusable', reason: 'lesson-empty' });
  const { connect, assets } = environment;
  const limits = new TimeLimits(undefined, environment.slowness);
  const { threads } = spread({}, environment);
  let started: Awaited<ReturnType<typeof startWorker>> | undefined;
  const lane = new Lane(async (abort) => {
    const request = {
      model: { kind: 'catalogue', catalogue: assets.catalogue },
      runtime: assets.runtime,
      threads,
      features: LESSON_FEATURES,
    } as const;
    const worker = await startWorker(connect, request, { onProgress: report, signal: abort });
    started ??= worker;
    return worker.connection;
  });
  const call: Call = (work) => lane.call(work, { ...(signal && { signal }), limit: limits.photo });
  try {
    const sizes = await inTurn(given, async ({ input }) => opened(call, input, signal, async (size) => size));
    const { metadata, bytes } = started!.reply;
    const sized = given.map((photo, i) => ({ ...photo, ...sizes[i]! }));
    const scale = lessonScale(sized, metadata.input.maxUpscale, LESSON_FEATURES.cell);
    const rule: InputRule = { ...metadata.input, scale };
    const photos = await inTurn(sized, async (photo, done) => {
      const views = await opened(call, photo.input, signal, (size, key) => describe(call, key, size, rule));
      report({ phase: 'inspecting', done: done + 1, total: 2 * sized.length });
      const { width, height, isGood, marks } = photo;
      return { name: photo.input.name, width, height, isGood, marks, views };
    });
    // Its memory is needed for learning.
    lane.dispose();
    return await learn(
      { name: lesson.name ?? 'taught', classes, photos, detector: new Uint8Array(bytes!), metadata, scale },
      environment,
      report,
      signal,
    );
  } finally {
    lane.dispose();
  }
}

type Call = <T>(work: (api: InferenceWorkerApi) => Promise<Result<T>>) => Promise<T>;

/** One after the other: a photo that is decoded takes memory. */
async function inTurn<T, R>(items: readonly T[], work: (item: T, place: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const [place, item] of items.entries()) results.push(await work(item, place));
  return results;
}

/** Decodes a photo for as long as it is worked on. */
async function opened<T>(
  call: Call,
  input: PhotoInput,
  signal: AbortSignal | undefined,
  work: (size: Size, key: number) => Promise<T>,
): Promise<T> {
  const data = await input.read(signal);
  const { key, width, height } = await call((api) => api.open(data));
  try {
    return await work({ width, height }, key);
  } finally {
    await call(async (api) => {
      await api.close(key);
      return { ok: true, value: undefined };
    });
  }
}

/** The cells of a photo: of one view, or of tiles where it is larger. */
async function describe(call: Call, key: number, size: Size, rule: InputRule): Promise<CellView[]> {
  const plan = planViews(size, rule, { detail: 'thorough', scale: scaleFor(undefined, rule) });
  const finest = Math.max(...plan.views.map(({ level }) => level));
  const views = plan.views.filter(({ level }) => level === finest);
  const area = [0, 0, size.width, size.height] as const;
  return inTurn(views, (view) => call((api) => api.features(key, view, area)));
}

async function learn(
  task: TeachTask,
  { connectTeaching }: TeachEnvironment,
  report: (progress: Progress) => void,
  signal: AbortSignal | undefined,
): Promise<Taught> {
  throwIfCancelled(signal);
  const connection = connectTeaching();
  try {
    const { length } = task.photos;
    const learning = connection.api.learn(task, ({ done, total }) =>
      report({ phase: 'inspecting', done: length + Math.floor((length * done) / total), total: 2 * length }),
    );
    const result = await cancellable(unlessCrashed(learning, connection), signal);
    if (!result.ok) throw fromErrorData(result.error);
    const { file, ...rest } = result.value;
    return { model: new File([file], `${task.name}.onnx`), ...rest };
  } finally {
    // It can't be interrupted, and what it has learnt is known by now.
    connection.terminate();
  }
}

/** @throws {InspectorError} `lesson-unusable` */
function modelClasses({ classes }: Lesson): readonly ModelClass[] {
  const isUsual = ({ id, name }: Lesson['classes'][number]) =>
    Number.isInteger(id) && id >= 1 && id <= MAX_CLASSES && name.trim() !== '';
  const ids = new Set(classes.map(({ id }) => id));
  if (ids.size < classes.length || !classes.every(isUsual))
    throw new InspectorError({ code: 'lesson-unusable', reason: 'lesson-classes-invalid' });
  return classes.map(({ id, name, color }) => ({ id, name, ...(color !== undefined && { color }) }));
}

/** @throws {InspectorError} */
async function givenPhotos({ good, marked }: Lesson): Promise<readonly Given[]> {
  const goodOnes = good.map(async (image) => ({ input: await toPhotoInput(image), isGood: true, marks: [] }));
  const markedOnes = marked.map(async ({ image, regions }) => {
    const input = await toPhotoInput(image);
    for (const { region } of regions) requireRegion(region, input.name);
    return { input, isGood: false, marks: regions };
  });
  return Promise.all([...goodOnes, ...markedOnes]);
}

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
