import type { Detection, Inspection, ModelClass, Threshold } from './types.js';

/** For a class whose model recommends none. */
export const DEFAULT_THRESHOLD = 0.5;

/** The score, 0..1, from which on detections of a class are shown. */
export function thresholdFor(
  classId: number,
  threshold: Threshold,
  classes: readonly Pick<ModelClass, 'id' | 'threshold'>[],
): number {
  if (threshold !== 'auto') return threshold;
  return classes.find(({ id }) => id === classId)?.threshold ?? DEFAULT_THRESHOLD;
}

/** The detections at or above their threshold, by falling score. */
export function visibleDetections(inspection: Inspection, threshold: Threshold): Detection[] {
  const { classes } = inspection.model;
  return inspection.detections.filter(
    ({ classId, score }) => score >= thresholdFor(classId, threshold, classes),
  );
}
