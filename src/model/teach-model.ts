/** From a lesson, as the network sees it, to the file of a model that finds the like in other photos. */
import { joinMaps } from '../core/regions/score-map.js';
import { findRegions } from '../core/families/taught/find-regions.js';
import { learn } from '../core/teach/learn.js';
import type { Learnt, LearnProgress } from '../core/teach/learnt.js';
import type { Lesson } from '../core/teach/lesson.js';
import type { ModelClass, ModelMetadata, TaughtRule } from '../core/types.js';
import { modelNames } from '../messages/model-names.js';
import { sha256 } from './hash.js';
import { LESSON_FEATURES, type LessonKind } from './lesson-features.js';
import { cutFeatures } from './onnx/features.js';
import { composeTaught } from './onnx/taught-model.js';

/**
 * How regions are read from the map, before level and calibration. Most false alarms of marked lessons are single cells, and a defect of any size shows in
 * several (training/TEACHING.md); what is unlike good photos may be as small as a cell.
 */
const REGIONS = {
  marked: { smallest: 2, areaWeight: 0.5 },
  good: { smallest: 1 },
} as const satisfies Readonly<Record<LessonKind, Pick<TaughtRule, 'smallest' | 'areaWeight'>>>;

export interface TeachTask {
  readonly name: string;
  readonly classes: readonly ModelClass[];
  /** Described by `LESSON_FEATURES` of that kind. */
  readonly photos: Lesson['photos'];
  readonly kind: LessonKind;
  /** The file of the model that described the photos. */
  readonly detector: Uint8Array<ArrayBuffer>;
  /** What it says of itself; `input` is the rule by which the photos were seen. */
  readonly metadata: ModelMetadata;
}

export interface TaughtModel extends Pick<Learnt, 'figures' | 'falseAlarmShare' | 'doubts'> {
  /** An .onnx file. */
  readonly file: Uint8Array<ArrayBuffer>;
}

export interface TeachSteps {
  onProgress(progress: LearnProgress): void;
  /** Awaited between steps, so that whoever drives it can be heard. */
  breathe(): Promise<void>;
}

/**
 * Learns a lesson and makes a model of what is learnt.
 * @throws {InspectorError} `lesson-unusable`
 */
export async function teachModel(task: TeachTask, { onProgress, breathe }: TeachSteps): Promise<TaughtModel> {
  const { photos, classes, kind, detector, metadata } = task;
  const { cell } = LESSON_FEATURES[kind];
  const steps = learn(
    { classes, photos },
    { findRegions: (maps, photo) => findRegions(joinMaps(maps, photo), photo, REGIONS[kind]) },
  );
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    onProgress(step.value);
    await breathe();
  }
  const { head, classIds, threshold, calibration, novelty, figures, falseAlarmShare, doubts } = step.value;
  const learnt = classIds.map((id) => classes.find((one) => one.id === id)!);
  const features = cutFeatures(detector, LESSON_FEATURES[kind]);
  const file = composeTaught(features, head, {
    format: 1,
    name: task.name,
    version: '1',
    domain: modelNames.taughtOn({ lesson: task.name, photos: photos.length }),
    classes: (learnt.length > 0 ? learnt : [{ id: 1, name: modelNames.unlikeGood }]).map((one) => ({
      ...one,
      threshold,
    })),
    input: metadata.input,
    quantisation: metadata.quantisation,
    // Most of the file is the other one's.
    license: metadata.license,
    ...(novelty && { novelty }),
    taught: { cell, features: await sha256(features.file), ...REGIONS[kind], calibration },
    training: { base: `${metadata.name} ${metadata.version}`, photos: photos.length },
    metrics: { ...figures },
  });
  return { file, figures, doubts, ...(falseAlarmShare !== undefined && { falseAlarmShare }) };
}
