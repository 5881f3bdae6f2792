import type { Part } from './finding.js';
import { MOST } from './merge-rules.js';

/** Parts that belong together, at first each by itself. */
export class PartGroups {
  private readonly groups: Map<Part, Part[]>;

  constructor(parts: readonly Part[]) {
    this.groups = new Map(parts.map((part) => [part, [part]]));
  }

  /** The group that a part belongs to. */
  of(part: Part): readonly Part[] {
    return this.groups.get(part) ?? [part];
  }

  all(): (readonly Part[])[] {
    return [...new Set(this.groups.values())];
  }

  /**
   * Makes one group of two, unless it would hold two things that one view found at one place: they are different answers, not
   * parts of one.
   */
  join(one: Part, other: Part): void {
    const [a, b] = [this.groups.get(one)!, this.groups.get(other)!];
    if (a === b || a.some((part) => b.some((another) => isOtherAnswer(part, another)))) return;
    const [smaller, larger] = a.length < b.length ? [a, b] : [b, a];
    for (const part of smaller) {
      larger.push(part);
      this.groups.set(part, larger);
    }
  }
}

/** Are they two things that one view found at one place? */
export function isOtherAnswer(a: Part, b: Part): boolean {
  if (a.view !== b.view) return false;
  return a.columns.sharedArea(b.columns) >= MOST * Math.min(a.columns.area, b.columns.area);
}
