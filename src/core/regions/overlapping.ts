import type { Rect } from '../rect.js';

/**
 * The pairs of things whose rectangles overlap, each once. Goes through them from left to right, so that it takes time for
 * those that lie side by side, and not for all pairs there are.
 */
export function* overlappingPairs<T>(
  things: readonly T[],
  rectOf: (thing: T) => Rect,
): Generator<readonly [T, T], void, undefined> {
  const byLeft = things.map((thing) => ({ thing, rect: rectOf(thing) })).sort((a, b) => a.rect.x - b.rect.x);
  let open: typeof byLeft = [];
  for (const next of byLeft) {
    const { x, y, height } = next.rect;
    open = open.filter(({ rect }) => rect.x + rect.width > x);
    for (const { thing, rect } of open) {
      if (rect.y < y + height && y < rect.y + rect.height) yield [thing, next.thing];
    }
    open.push(next);
  }
}
