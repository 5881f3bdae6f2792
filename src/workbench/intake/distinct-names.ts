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
  const keys = photos.map(({ name = '' }) => keyOf(name));
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const given = new Set<string>();
  const isFree = (key: string): boolean => !given.has(key) && !isTaken(key);
  const numbered = new NumberedNames((name) => isFree(keyOf(name)));
  return photos.map(({ name, path }, i) => {
    if (name === undefined) return undefined;
    const isAlone = counts.get(keys[i]!) === 1 && isFree(keys[i]!);
    const wanted = isAlone ? name : (path ?? name);
    const free = isAlone || isFree(keyOf(wanted)) ? wanted : numbered.next(wanted);
    given.add(isAlone ? keys[i]! : keyOf(free));
    return free;
  });
}

/** Names that some file system takes for the same are the same. */
export const keyOf = (name: string): string => name.normalize('NFC').toLowerCase();
