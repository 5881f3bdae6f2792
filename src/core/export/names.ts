/** Names as they are; where one comes again, with a number: `ring.png`, `ring (2).png`. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  // A name that a photo brings along stays its own, whatever comes before it.
  const own = new Set(names);
  return names.map((name) => {
    const distinct = taken.has(name)
      ? numberedName(name, (other) => !taken.has(other) && !own.has(other))
      : name;
    taken.add(distinct);
    return distinct;
  });
}

/** The first of `a (2).jpg`, `a (3).jpg`, … that is free. */
export function numberedName(name: string, isFree: (name: string) => boolean): string {
  for (let number = 2; ; number++) {
    const next = name.replace(/(\.[^./]*)?$/, (extension) => ` (${number})${extension}`);
    if (isFree(next)) return next;
  }
}
