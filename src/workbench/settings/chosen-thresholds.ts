import type { ClassThresholds } from '../../core/recipe/recipe.js';

/** Thresholds that somebody wants to work with from now on. */
export interface ChosenThresholds {
  /** Of the model, SHA-256. */
  readonly hash: string;
  readonly thresholds: ClassThresholds;
}
