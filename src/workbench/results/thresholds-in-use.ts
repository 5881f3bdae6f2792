import type { Detection, ModelClass } from '../../core/types.js';

export interface ThresholdRange {
  readonly low: number;
  readonly high: number;
}

/** The lowest and the highest threshold among the classes of some detections; among all classes, where they have none of them. */
export function thresholdsInUse(
  classes: readonly Pick<ModelClass, 'id'>[],
  detections: readonly Pick<Detection, 'classId'>[],
  thresholdOf: (classId: number) => number,
): ThresholdRange | undefined {
  const found = new Set(detections.map(({ classId }) => classId));
  const present = classes.filter(({ id }) => found.has(id));
  const thresholds = (present.length > 0 ? present : classes).map(({ id }) => thresholdOf(id));
  if (thresholds.length === 0) return undefined;
  return {
    low: thresholds.reduce((a, b) => Math.min(a, b)),
    high: thresholds.reduce((a, b) => Math.max(a, b)),
  };
}
