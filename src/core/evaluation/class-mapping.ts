import type { ModelClass } from '../types.js';

/** Of each class of a dataset the model's class that stands for it; undefined where it is left out. */
export type ClassMapping = ReadonlyMap<string, number | undefined>;

/** Case, spaces and punctuation aside, as people write the same name. */
const plain = (name: string): string => name.toLowerCase().replace(/[\s_\-.]+/g, '');

/** Maps classes by their names. */
export function mapClasses(names: readonly string[], classes: readonly ModelClass[]): ClassMapping {
  const byName = new Map(classes.map(({ id, name }) => [plain(name), id]));
  return new Map(names.map((name) => [name, byName.get(plain(name))]));
}
