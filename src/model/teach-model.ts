/** From a lesson, as the network sees it, to the file of a model that finds the like in other photos. */
import { joinMaps } from '../core/regions/score-map.js';
import { findRegions } from '../core/families/taught/find-regions.js';
import { learn } from '../core/teach/learn.js';
import type { Learnt, LearnProgress } from '../core/teach/learnt.js';
import type { Lesson } from '../core/teach/lesson.js';
import { divideLevels, levelSpreads } from '../core/teach/level-spreads.js';
import type { ModelClass, ModelMetadata } from '../core/types.js';
import { modelNames } from '../messages/model-names.js';
import { sha256 } from './hash.js';
import { LESSON_FEATURES } from './lesson-features.js';
import { cutFeatures } from './onnx/features.js';
import { composeTaught } from './onnx/taught-model.js';

export interface TeachTask {
  readonly name: string;
  readonly classes: readonly ModelClass[];
  /** Described by `LESSON_FEATURES`; their numbers are changed. */
  readonly photos: Lesson['photos'];
  /** The file of the model that described the photos, and what it says of itself. */
  readonly detector: Uint8Array<ArrayBuffer>;
  readonly metadata: ModelMetadata;
  /** Network pixels per photo pixel, of all photos. */
  readonly scale: number;
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
  const { photos, classes, detector, metadata, scale } = task;
  const { channels } = cutFeatures(detector, LESSON_FEATURES);
  const views = photos.flatMap((photo) => photo.views);
  const spreads = levelSpreads(views, channels);
  for (const { cells, mean } of views) {
    for (const values of [cells.values, mean]) divideLevels(values, channels, spreads);
  }
  const levels = LESSON_FEATURES.levels.map((level, i) => ({ ...level, spread: [spreads[i]!] }));
  const features = cutFeatures(detector, { ...LESSON_FEATURES, levels });

  const steps = learn(
    { classes, photos },
    { findRegions: (maps, photo) => findRegions(joinMaps(maps, photo), photo, {}) },
  );
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    onProgress(step.value);
    await breathe();
  }
  const { head, classIds, threshold, calibration, novelty, figures, falseAlarmShare, doubts } = step.value;
  const learnt = classIds.map((id) => classes.find((one) => one.id === id)!);
  const file = composeTaught(features, head, {
    format: 1,
    name: task.name,
    version: '1',
    classes: (learnt.length > 0 ? learnt : [{ id: 1, name: modelNames.unlikeGood }]).map((one) => ({
      ...one,
      threshold,
    })),
    input: { ...metadata.input, scale },
    quantisation: metadata.quantisation,
    // Most of the file is the other one's.
    license: metadata.license,
    ...(novelty && { novelty }),
    taught: {
      cell: LESSON_FEATURES.cell,
      features: await sha256(features.file),
      calibration,
    },
    training: { base: `${metadata.name} ${metadata.version}`, photos: photos.length },
    metrics: { ...figures },
  });
  return { file, figures, doubts, ...(falseAlarmShare !== undefined && { falseAlarmShare }) };
}
