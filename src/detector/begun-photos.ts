import type { SeenView } from '../core/pipeline/found.js';
import type { PlannedView } from '../core/pipeline/plan.js';

/** Photos whose views are kept at most: what a photo was seen in takes some megabytes, if much was found. */
const MOST = 8;

/** What was seen of photos that were cancelled, so that going on with one begins where it ended. The last ones, in memory. */
export class BegunPhotos {
  private readonly seen = new Map<string, readonly SeenView[]>();

  get(key: string): readonly SeenView[] {
    return this.seen.get(key) ?? [];
  }

  /** Keeps it beside what is kept of the photo already. */
  keep(key: string, seen: readonly SeenView[]): void {
    const inNew = seenIn(seen);
    const all = [...this.get(key).filter(({ view }) => !inNew(view)), ...seen];
    this.seen.delete(key);
    if (all.length > 0) this.seen.set(key, all);
    for (const oldest of this.seen.keys()) {
      if (this.seen.size <= MOST) return;
      this.seen.delete(oldest);
    }
  }

  /** It was seen as thoroughly as somebody wanted. */
  forget(key: string): void {
    this.seen.delete(key);
  }
}

/** Finds what was seen before in exactly this view: of one photo, area and model, that is all a result depends on. */
export function seenIn(earlier: readonly SeenView[]): (view: PlannedView) => SeenView | undefined {
  const byView = new Map(earlier.map((seen) => [JSON.stringify(seen.view), seen]));
  return (view) => byView.get(JSON.stringify(view));
}
