/** What a person has decided about a kind of part; thresholds, for now. */
import type { Threshold } from '../types.js';

/** A person's own thresholds, 0..1, by class id. */
export type ClassThresholds = Readonly<Record<number, number>>;

/** A person's own thresholds for several models, by the SHA-256 of the model file. */
export type OwnThresholds = Readonly<Record<string, ClassThresholds>>;

/** Whether somebody gives a threshold for one class at least, and nothing else. */
export function areClassThresholds(value: unknown): value is ClassThresholds {
  if (typeof value !== 'object' || value === null) return false;
  const all = Object.values(value);
  return all.length > 0 && all.every((one) => typeof one === 'number' && one >= 0 && one <= 1);
}

export interface Recipe {
  /** `auto`: each class's own threshold; a number, 0..1: one for all. */
  readonly threshold: Threshold;
  /** A person's own thresholds by model and class, which `auto` uses before the recommended ones. */
  readonly own?: OwnThresholds;
}

export const AUTOMATIC: Recipe = { threshold: 'auto' };

/** A threshold, or a person's own ones by model and class. */
export type Visibility = Threshold | OwnThresholds;

export const recipeOf = (visibility: Visibility): Recipe =>
  typeof visibility === 'object' ? { threshold: 'auto', own: visibility } : { threshold: visibility };
