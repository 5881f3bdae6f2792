import type { ModelClass, ModelInfo, Threshold } from '../types.js';
import type { ClassThresholds, Recipe } from './recipe.js';

/** For a class whose model recommends none. */
export const DEFAULT_THRESHOLD = 0.5;

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

/** The score, 0..1, from which on each of a model's classes is reported. */
export function thresholdsOf(
  { hash, classes }: Pick<ModelInfo, 'hash' | 'classes'>,
  { threshold, own }: Recipe,
): (classId: number) => number {
  const ownOfModel = own?.[hash];
  return (classId) => thresholdFor(classId, threshold, classes, ownOfModel);
}
