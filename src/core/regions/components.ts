import type { Region } from '../types.js';
import { ColumnRuns } from './column-runs.js';
import { visitColumns } from './region.js';

interface Run {
  readonly x: number;
  readonly from: number;
  readonly to: number;
  /** Of its component, towards the root; the root's own. */
  parent: Run | undefined;
}

/** The parts of a region that don't touch one another, not even at a corner (8-connected), by their first column and row. */
export function componentsOf(region: Region): Region[] {
  const runs: Run[] = [];
  /** Where the column before, and this one, begin in `runs`. */
  let [previous, begin] = [0, 0];
  visitColumns(region, (column, from, to) => {
    const x = region.x + column;
    const last = runs.at(-1);
    if (last && last.x !== x) {
      previous = last.x === x - 1 ? begin : runs.length;
      begin = runs.length;
    }
    const run: Run = { x, from: region.y + from, to: region.y + to, parent: undefined };
    for (let i = previous; i < begin; i++) {
      const other = runs[i]!;
      if (other.from <= run.to && run.from <= other.to) join(other, run);
    }
    runs.push(run);
  });
  const components = new Map<Run, ColumnRuns>();
  for (const run of runs) {
    const root = rootOf(run);
    const component = components.get(root) ?? new ColumnRuns();
    components.set(root, component);
    component.add(run.x, run.from, run.to);
  }
  return [...components.values()].flatMap((component) => component.build() ?? []);
}

function rootOf(run: Run): Run {
  let root = run;
  while (root.parent) {
    // Halves the way for whoever asks next.
    root.parent = root.parent.parent ?? root.parent;
    root = root.parent;
  }
  return root;
}

function join(a: Run, b: Run): void {
  const [one, other] = [rootOf(a), rootOf(b)];
  if (one !== other) other.parent = one;
}
