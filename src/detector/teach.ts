/** Learning a person's own part, with its surroundings handed in: see `createTeacher`. */
import { fromErrorData, InspectorError } from '../core/errors.js';
import { MAX_CLASSES } from '../core/limits.js';
import type { LessonDoubt } from '../core/teach/check-lesson.js';
import type { LearnProgress, TeachFigures } from '../core/teach/learnt.js';
import type { ModelClass, Progress } from '../core/types.js';
import type { LessonKind } from '../model/lesson-features.js';
import type { TeachTask } from '../model/teach-model.js';
import { cancellable, throwIfCancelled } from './cancellation.js';
import { guarded } from './guarded.js';
import type { Environment } from './open-detector.js';
import type { KeptFeatures } from './teach-features.js';
import { describeAll, givenPhotos, type Lesson } from './teach-photos.js';
import { FeaturesWorker } from './teach-worker.js';
import type { TeachingConnection } from './teaching-api.js';
import { unlessCrashed } from './worker-connection.js';

export type { Lesson } from './teach-photos.js';
export type { KeptFeatures, PhotoFeatures } from './teach-features.js';

export interface TeachOptions {
  /** Cancels learning. */
  readonly signal?: AbortSignal;
  /** While photos are described, which is taken for half of the work, and while what they show is learnt. */
  readonly onProgress?: (progress: Progress) => void;
  /** As of `createDetector`. */
  readonly assets?: string | URL;
  /** What was kept of this lesson when it was last learnt; learning adds to it. */
  readonly kept?: KeptFeatures;
  /** The photos' names there: of good ones, then of marked ones, in their order. */
  readonly ids?: readonly string[];
  /** What the photos are called where something is said of them, in the same order; by default as their files are. */
  readonly names?: readonly string[];
}

export interface Taught {
  /** An .onnx file, which is a model like any other. */
  readonly model: Blob;
  /** What it can do on photos that it had not seen. */
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

/**
 * Learns a lesson. A photo that can't be read is left out, which `doubts` say.
 * @throws {InspectorError} `lesson-unusable` where nothing can be learnt from it; what the first photo fails with where no good, or no
 * marked one is left of those that were given
 */
export async function teachLesson(
  lesson: Lesson,
  { signal, onProgress, kept, ids, names }: TeachOptions,
  environment: TeachEnvironment,
): Promise<Taught> {
  const classes = modelClasses(lesson);
  const report = guarded<Progress>((progress) => onProgress?.(progress));
  const given = await givenPhotos(lesson, { ids, names });
  if (given.length === 0) throw new InspectorError({ code: 'lesson-unusable', reason: 'lesson-empty' });
  const kind: LessonKind = given.some(({ marks }) => marks.length > 0) ? 'marked' : 'good';
  const worker = new FeaturesWorker(kind, environment, report, signal);
  try {
    const detector = kept?.detector ?? (await worker.detector());
    if (kept) kept.detector = detector;
    const described = await describeAll(given, { kind, kept: kept?.photos, detector, worker, report });
    // Its memory is needed for learning.
    worker.dispose();
    const { photos, input, doubts } = described;
    const task = { name: lesson.name ?? 'taught', classes, photos, kind };
    const taught = await learn(
      { ...task, detector: detector.bytes, metadata: { ...detector.metadata, input } },
      { ...environment, isKept: kept !== undefined },
      report,
      signal,
    );
    return { ...taught, doubts: [...doubts, ...taught.doubts] };
  } finally {
    worker.dispose();
  }
}

async function learn(
  task: TeachTask,
  { connectTeaching, isKept }: Pick<TeachEnvironment, 'connectTeaching'> & { readonly isKept: boolean },
  report: (progress: Progress) => void,
  signal: AbortSignal | undefined,
): Promise<Taught> {
  throwIfCancelled(signal);
  const connection = connectTeaching();
  try {
    const { length } = task.photos;
    const onProgress = ({ done, total }: LearnProgress) =>
      report({ phase: 'inspecting', done: length + Math.floor((length * done) / total), total: 2 * length });
    const learning = connection.learn(task, { onProgress, isKept });
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
