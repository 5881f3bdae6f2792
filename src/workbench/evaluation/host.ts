import type { Recipe } from '../../core/recipe/recipe.js';
import type { DetectorFactory } from '../../detector/types.js';
import type { CatalogueEntry } from '../../model/catalogue.js';
import type { Edit } from '../history.js';
import type { Loan } from '../models/loans.js';
import type { Store } from '../store.js';
import type { ConnectEvaluator } from './connect-evaluator.js';
import type { EvaluationState } from './state.js';

/** What the evaluation needs of the workbench around it. */
export interface EvaluationHost {
  /** Where its state is kept. */
  readonly store: Pick<Store<EvaluationState>, 'state' | 'update'>;
  /** Whether somebody looks at it. */
  readonly isShown: () => boolean;
  readonly connect: ConnectEvaluator;
  /** The inspector's own detector, whatever becomes of it there. */
  readonly borrow: () => Promise<Loan>;
  readonly factory: DetectorFactory;
  readonly catalogue: () => Promise<readonly CatalogueEntry[]>;
  /** Takes note of a change that can be undone. */
  readonly note: (edit: Edit) => void;
  /** By which the inspector reports. */
  readonly recipe: () => Recipe;
}
