/** Names as they are; where one comes again, with a number: `ring.png`, `ring (2).png`. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  // A name that a photo brings along stays its own, whatever comes before it.
  const own = new Set(names);
  const numbered = new NumberedNames((name) => !taken.has(name) && !own.has(name));
  return names.map((name) => {
    const distinct = taken.has(name) ? numbered.next(name) : name;
    taken.add(distinct);
    return distinct;
  });
}

/** Gives names numbers. It remembers how far it came: five thousand photos may have one name. */
export class NumberedNames {
  private readonly last = new Map<string, number>();

  /** @param isFree whether no photo has that name; what was taken once stays taken */
  constructor(private readonly isFree: (name: string) => boolean) {}

  /** The first of `a (2).jpg`, `a (3).jpg`, … that is free. */
  next(name: string): string {
    for (let number = (this.last.get(name) ?? 1) + 1; ; number++) {
      const numbered = name.replace(/(\.[^./]*)?$/, (extension) => ` (${number})${extension}`);
      if (!this.isFree(numbered)) continue;
      this.last.set(name, number);
      return numbered;
    }
  }
}
