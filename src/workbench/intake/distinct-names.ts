/** Names are what exports tell photos apart by: no two photos have the same. */
import { NumberedNames } from '../../core/export/names.js';

export interface Named {
  /** Undefined where it brings none: then it gets one by its number. */
  readonly name: string | undefined;
  /** Where it lay in what was dropped, with `/` between folders. */
  readonly path?: string | undefined;
}

/**
 * For each photo its name where no other has it, else its path, else its name with a number.
 *
 * @param isTaken whether a photo has a name with that key already
 */
export function distinctNames(
  photos: readonly Named[],
  isTaken: (key: string) => boolean,
): (string | undefined)[] {
  const counts = new Map<string, number>();
  for (const { name = '' } of photos) counts.set(keyOf(name), (counts.get(keyOf(name)) ?? 0) + 1);
  const given = new Set<string>();
  const isFree = (name: string): boolean => !given.has(keyOf(name)) && !isTaken(keyOf(name));
  const numbered = new NumberedNames(isFree);
  return photos.map(({ name, path }) => {
    if (name === undefined) return undefined;
    const isAlone = counts.get(keyOf(name)) === 1 && isFree(name);
    const wanted = isAlone ? name : (path ?? name);
    const free = isFree(wanted) ? wanted : numbered.next(wanted);
    given.add(keyOf(free));
    return free;
  });
}

/** Names that some file system takes for the same are the same. */
export const keyOf = (name: string): string => name.normalize('NFC').toLowerCase();
