import type { Detection, Inspection, ModelClass, ModelInfo, Threshold } from './types.js';

/** For a class whose model recommends none. */
export const DEFAULT_THRESHOLD = 0.5;

/** A person's own thresholds, 0..1, by class id. */
export type ClassThresholds = Readonly<Record<number, number>>;

/** A person's own thresholds for several models, by the SHA-256 of the model file. */
export type OwnThresholds = Readonly<Record<string, ClassThresholds>>;

/** What decides which detections are shown: a threshold, or `auto` with a person's own before the recommended ones. */
export type Visibility = Threshold | OwnThresholds;

/** The score, 0..1, from which on detections of a class are shown. `own` goes before what the model recommends. */
export function thresholdFor(
  classId: number,
  threshold: Threshold,
  classes: readonly Pick<ModelClass, 'id' | 'threshold'>[],
  own?: ClassThresholds,
): number {
  if (threshold !== 'auto') return threshold;
  return own?.[classId] ?? classes.find(({ id }) => id === classId)?.threshold ?? DEFAULT_THRESHOLD;
}

/** The score, 0..1, from which on each of a model's classes is shown. */
export function thresholdsOf(
  { hash, classes }: Pick<ModelInfo, 'hash' | 'classes'>,
  visibility: Visibility,
): (classId: number) => number {
  const isOwn = typeof visibility === 'object';
  const own = isOwn ? visibility[hash] : undefined;
  return (classId) => thresholdFor(classId, isOwn ? 'auto' : visibility, classes, own);
}

/** The detections at or above their threshold, by falling score. */
export function visibleDetections(inspection: Inspection, visibility: Visibility): Detection[] {
  const thresholdOf = thresholdsOf(inspection.model, visibility);
  return inspection.detections.filter(({ classId, score }) => score >= thresholdOf(classId));
}
