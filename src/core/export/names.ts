/** Names as they are; where one comes again, with a number: `ring.png`, `ring (2).png`. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  // A name that a photo brings along stays its own, whatever comes before it.
  const own = new Set(names);
  return names.map((name) => {
    let distinct = name;
    for (let n = 2; taken.has(distinct) || (distinct !== name && own.has(distinct)); n++) {
      distinct = name.replace(/(\.[^./]*)?$/, (extension) => ` (${n})${extension}`);
    }
    taken.add(distinct);
    return distinct;
  });
}
