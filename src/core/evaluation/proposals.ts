/** Thresholds by what comes of them on these images. */
import type { Recipe } from '../recipe/recipe.js';
import { DEFAULT_THRESHOLD, thresholdsOf } from '../recipe/threshold.js';
import type { ModelInfo } from '../types.js';
import { ANY_CLASS } from './compared-image.js';
import { bestByCost, bestByF1 } from './curve.js';
import type { Precision } from './figures.js';

/** By what a class's threshold is chosen: as the recipe has it, by the best F1, by the lowest cost, or one for all classes. */
export type ThresholdRule = 'in-use' | 'f1' | 'cost' | 'one';

/**
 * What the rule proposes, by class id; of the classes about which the images say something. What is best for any defect
 * goes to all classes.
 *
 * @param costRatio what a missed defect costs, in false alarms; greater than 0.
 * @param threshold 0..1, where one goes to all classes.
 */
export function proposeThresholds(
  { classes }: Precision,
  model: Pick<ModelInfo, 'classes'>,
  rule: ThresholdRule,
  costRatio: number,
  threshold = DEFAULT_THRESHOLD,
): ReadonlyMap<number, number> {
  const best = new Map<number, number>();
  if (rule === 'in-use') return best;
  if (rule === 'one') return new Map(model.classes.map(({ id }) => [id, threshold]));
  for (const { id, curve } of classes) {
    const proposal = rule === 'f1' ? bestByF1(curve) : bestByCost(curve, costRatio);
    if (proposal) best.set(id, proposal.threshold);
  }
  const any = best.get(ANY_CLASS);
  return any === undefined ? best : new Map(model.classes.map(({ id }) => [id, any]));
}

/** The same recipe with other thresholds for some of a model's classes. */
export function withThresholds(
  recipe: Recipe,
  model: Pick<ModelInfo, 'hash' | 'classes'>,
  thresholds: ReadonlyMap<number, number>,
): Recipe {
  if (thresholds.size === 0) return recipe;
  const inUse = thresholdsOf(model, recipe);
  const own = model.classes.map(({ id }) => [id, thresholds.get(id) ?? inUse(id)]);
  return { threshold: 'auto', own: { [model.hash]: Object.fromEntries(own) as Record<number, number> } };
}
