import type { ModelClass } from '../types.js';

/**
 * What a class of a dataset is to the model: the id of the model's class; `other`: a defect that the model has no class
 * for, which counts where classes don't matter; `left-out`: no defect to look for, nor a false alarm.
 */
export type MappedClass = number | 'other' | 'left-out';

/** By the names of the dataset's classes. */
export type ClassMapping = ReadonlyMap<string, MappedClass>;

/** Whether the model knows none of the dataset's classes. */
export const knowsNone = (mapping: ClassMapping): boolean =>
  mapping.size > 0 && [...mapping.values()].every((to) => typeof to !== 'number');

/** Case, spaces and punctuation aside, as people write the same name. */
const plain = (name: string): string => name.toLowerCase().replace(/[\s_\-.]+/g, '');

/** Maps classes by their names; what has no counterpart is `other`. */
export function mapClasses(names: readonly string[], classes: readonly ModelClass[]): ClassMapping {
  const byName = new Map(classes.map(({ id, name }) => [plain(name), id]));
  return new Map(names.map((name) => [name, byName.get(plain(name)) ?? 'other']));
}
