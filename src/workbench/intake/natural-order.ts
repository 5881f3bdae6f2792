import { sortedInSlices } from '../../datasets/in-slices.js';

/** One for all: a folder may hold thousands of files. */
const NATURAL = new Intl.Collator(undefined, { numeric: true });

/** By their names, as people count: `9.png` before `10.png`. */
export const inNaturalOrder = <T extends { readonly name: string }>(files: readonly T[]): Promise<T[]> =>
  sortedInSlices(files, (a, b) => NATURAL.compare(a.name, b.name));
