/** What views of different scales have found, as one: see `merge.ts`. */
import { containsRect } from '../rect.js';
import { overlappingPairs } from '../regions/overlapping.js';
import { surerFirst, type Finding } from './finding.js';
import { AGREEMENT, JOINING_SCORE, MOST, NEARLY_ALL } from './merge-rules.js';
import { OVERLAP, type PlannedView } from './plan.js';

/**
 * @param coarse of one scale
 * @param fine of all finer scales, merged
 * @param finer the views of finer scales that were run
 */
export function mergeLevels(
  coarse: readonly Finding[],
  fine: readonly Finding[],
  finer: readonly PlannedView[],
): Finding[] {
  const left = new Set(fine);
  const large = coarse.filter((one) => !isForFiner(one, finer)).sort(surerFirst);
  const near = neighboursOf(large, left);
  const added: Finding[] = [];
  for (const finding of large) {
    const neighbours = near.get(finding)!.filter(({ finding: one }) => left.has(one));
    const pieces = judgeLarge(finding, neighbours);
    if (!pieces) continue;
    for (const piece of pieces) {
      finding.take(piece);
      left.delete(piece);
    }
    added.push(finding);
  }
  return [...left, ...added];
}

/** A finer finding that has pixels in common with a coarse one. */
interface Neighbour {
  readonly finding: Finding;
  /** Number of pixels that both hold. */
  readonly shared: number;
}

function neighboursOf(coarse: readonly Finding[], fine: ReadonlySet<Finding>): Map<Finding, Neighbour[]> {
  const near = new Map(coarse.map((finding) => [finding, [] as Neighbour[]]));
  for (const [one, other] of overlappingPairs([...coarse, ...fine], ({ columns }) => columns)) {
    if (fine.has(one) === fine.has(other)) continue;
    const [finding, neighbour] = fine.has(one) ? [other, one] : [one, other];
    const shared = finding.columns.sharedArea(neighbour.columns);
    if (shared > 0) near.get(finding)!.push({ finding: neighbour, shared });
  }
  return near;
}

/** Is it so small that one of the finer views must have seen it whole? Then what they saw stays, whatever it is. */
function isForFiner({ columns }: Finding, finer: readonly PlannedView[]): boolean {
  const side = Math.max(columns.width, columns.height);
  return finer.some(
    (view) => side <= OVERLAP * Math.min(view.width, view.height) && containsRect(view, columns),
  );
}

/** What of a coarse finding's neighbours it replaces; undefined where it is left out itself. */
type Judgement = readonly Finding[] | undefined;

/**
 * What finer views may have seen in part alone: theirs stays where it is whole, or nearly all there is. A few small things on a
 * large one leave it what it is.
 */
function judgeLarge(coarse: Finding, neighbours: readonly Neighbour[]): Judgement {
  const isWithin = neighbours.some(
    (one) =>
      isMostOf(one, coarse) && (!one.finding.isOpen || one.finding.columns.area >= coarse.columns.area),
  );
  const parts = neighbours.filter((one) => isMostOf(one, one.finding) || agrees(one, coarse));
  const pieces = parts.flatMap(({ finding }) => (finding.isOpen ? finding : []));
  const isStrong = coarse.score >= JOINING_SCORE;
  const needed = pieces.length > 0 && isStrong ? NEARLY_ALL : AGREEMENT;
  if (isWithin || explained(coarse, parts) >= needed) {
    handOn(coarse, parts);
    return undefined;
  }
  return isStrong ? pieces : [];
}

const isMostOf = ({ shared }: Neighbour, { columns }: Finding): boolean => shared >= MOST * columns.area;

function agrees({ finding, shared }: Neighbour, { columns }: Finding): boolean {
  return shared >= AGREEMENT * (finding.columns.area + columns.area - shared);
}

/** How much of a coarse finding its parts make up, blurred as a coarse view sees them: by a network pixel all around. */
function explained({ parts: [part], columns }: Finding, parts: readonly Neighbour[]): number {
  const pixel = 1 / part!.view.fit.scale;
  const area = parts.reduce(
    (sum, { finding }) => sum + finding.columns.area + finding.outlineLength() * pixel,
    0,
  );
  return area / columns.area;
}

/** Gives class and score of a coarse finding to the one that agrees with it best. */
function handOn(coarse: Finding, same: readonly Neighbour[]): void {
  const isOneClass = ({ finding }: Neighbour) =>
    Number(finding.best.found.classId === coarse.best.found.classId);
  const [best] = same
    .filter((one) => agrees(one, coarse))
    .sort((a, b) => isOneClass(b) - isOneClass(a) || b.shared - a.shared || surerFirst(a.finding, b.finding));
  best?.finding.take(coarse);
}
