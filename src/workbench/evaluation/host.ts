import type { Recipe } from '../../core/recipe/recipe.js';
import type { Detector, DetectorFactory } from '../../detector/types.js';
import type { CatalogueEntry } from '../../model/catalogue.js';
import type { ConnectEvaluator } from './connect-evaluator.js';

/** What the evaluation needs of the page around it. */
export interface EvaluationHost {
  readonly connect: ConnectEvaluator;
  /** The inspector's own detector. */
  readonly current: () => Promise<Detector>;
  readonly factory: DetectorFactory;
  readonly catalogue: () => Promise<readonly CatalogueEntry[]>;
  /** By which the inspector reports. */
  readonly recipe: () => Recipe;
}
