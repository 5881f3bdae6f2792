import type { CocoResult } from '../../../../src/core/evaluation/coco.js';
import { assess } from '../../../../src/core/recipe/assess.js';
import { AUTOMATIC } from '../../../../src/core/recipe/recipe.js';

/** What is reported of a model's results. @param thresholds recommended by the model, by category id */
export function reportedOf(
  results: readonly CocoResult[],
  thresholds: Readonly<Record<number, number>> = {},
): readonly CocoResult[] {
  const classes = Object.entries(thresholds).map(([id, threshold]) => ({
    ...{ id: Number(id), name: id, threshold },
  }));
  const detections = results.map((result) => ({ ...result, classId: result.category_id }));
  return assess({ model: { hash: '', classes }, detections }, AUTOMATIC).reported;
}
