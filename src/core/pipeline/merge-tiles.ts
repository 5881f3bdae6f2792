/** What neighbouring views of one scale have found, as one: see `merge.ts`. */
import { appendTo } from '../append-to.js';
import { containsRect, grown, intersectRects, type Rect, type Size } from '../rect.js';
import { overlappingPairs } from '../regions/overlapping.js';
import { BORDER, byScore, Finding, isCut, type Part } from './finding.js';
import type { Link } from './link.js';
import { AGREEMENT, JOINING_SCORE, MOST } from './merge-rules.js';
import { scoreByAllViews } from './merge-scores.js';
import { isOtherAnswer, PartGroups } from './part-groups.js';
import type { PlannedView } from './plan.js';

/** Within which something that it may be the same as begins. */
const reachOf = ({ columns, view }: Part): Rect => grown(columns, BORDER / view.fit.scale / 2);

/**
 * @param views of one scale
 * @param parts that they found
 */
export function mergeTiles(views: readonly PlannedView[], parts: readonly Part[], photo: Size): Finding[] {
  const links: Link[] = [];
  for (const [one, other] of overlappingPairs(parts, reachOf)) {
    const link = linkOf(one, other, photo);
    if (link) links.push(link);
  }
  const answers = links.sort(strongerFirst).filter(isBestAnswer());
  const findings = leaveOutRepeated(joinParts(parts, answers, photo), answers);
  scoreByAllViews(findings, answers, views, photo);
  return findings;
}

function linkOf(a: Part, b: Part, photo: Size): Link | undefined {
  const both = a.view === b.view ? undefined : intersectRects(a.view, b.view);
  if (!both) return undefined;
  const shared = a.columns.sharedArea(b.columns);
  const iou = shared && shared / (a.columns.areaWithin(both) + b.columns.areaWithin(both) - shared);
  const isSeenByA = containsRect(a.view, b.columns);
  const isSeenByB = containsRect(b.view, a.columns);
  const link = (kind: Link['kind'], from = a, to = b): Link => ({ kind, a: from, b: to, iou });
  const isMost = ({ columns }: Part) => shared >= MOST * columns.area;
  // What a border cuts off may look like anything: it is enough that most of it belongs to what the other view sees.
  const isPiece = (one: Part, other: Part) =>
    (isMost(one) || isSliverBeside(one, other)) && isCut(one, photo);
  const isPieceOfB = isSeenByB && isPiece(a, b);
  const isPieceOfA = isSeenByA && isPiece(b, a);
  if (iou < AGREEMENT && !isPieceOfA && !isPieceOfB) return undefined;
  if (isSeenByA && isSeenByB) return link('same');
  // What is too faint to join anything is left out where the other is most of it, and else stays by itself.
  const [faint, other] = a.found.score < b.found.score ? [a, b] : [b, a];
  const isFaint = faint.found.score < JOINING_SCORE;
  if (isSeenByB && !(isFaint && faint === b)) return link('yields');
  if (isSeenByA && !(isFaint && faint === a)) return link('yields', b, a);
  if (!isFaint) return link('join');
  return isMost(faint) ? link('yields', faint, other) : link('faint', faint, other);
}

/** Is it too thin to be told by its pixels, and does it lie where the other does, as exactly as two views agree about a place? */
function isSliverBeside({ columns, view }: Part, other: Part): boolean {
  const near = BORDER / view.fit.scale;
  if (Math.min(columns.width, columns.height) > 2 * near) return false;
  const beside = intersectRects(columns, grown(other.columns, near));
  return !!beside && beside.width * beside.height >= MOST * columns.width * columns.height;
}

/** Those of one class first, then those that agree best; else by what they are, so that the order of views does not matter. */
function strongerFirst(one: Link, other: Link): number {
  const isOneClass = ({ a, b }: Link) => Number(a.found.classId === b.found.classId);
  return (
    isOneClass(other) - isOneClass(one) ||
    other.iou - one.iou ||
    byScore(one.a, other.a) ||
    byScore(one.b, other.b)
  );
}

/**
 * Of links by falling strength: is it the strongest, or does one of the two rather belong to something else that the other's view
 * found at the same place? A view may give several classes to one thing, and its neighbour gives the same ones.
 */
function isBestAnswer(): (link: Link) => boolean {
  const partners = new Map<Part, Part[]>();
  const hasBetter = (one: Part, other: Part) =>
    partners.get(one)?.some((better) => isOtherAnswer(better, other));
  return ({ kind, a, b }) => {
    if (kind !== 'same') return true;
    if (hasBetter(a, b) || hasBetter(b, a)) return false;
    appendTo(partners, a, b);
    appendTo(partners, b, a);
    return true;
  };
}

/** Makes findings of parts: of several where no view sees all of it. */
function joinParts(parts: readonly Part[], links: readonly Link[], photo: Size): Finding[] {
  const groups = new PartGroups(parts);
  for (const { kind, a, b } of links) if (kind === 'join') groups.join(a, b);
  // What is a part of something already makes that a part of what is seen better, too.
  const joined = new Set(parts.filter((part) => groups.of(part).length > 1));
  for (const { kind, a, b } of links) {
    if (kind === 'yields' && joined.has(a) && b.found.score >= JOINING_SCORE) groups.join(a, b);
  }
  const yielding = new Map<Part, Part[]>();
  for (const { kind, a, b } of links) {
    if (kind !== 'yields' && kind !== 'same') continue;
    appendTo(yielding, a, b);
    if (kind === 'same') appendTo(yielding, b, a);
  }
  return groups.all().map((group) => {
    const kept = new Set<Part>();
    for (const part of [...group].sort((a, b) => b.columns.area - a.columns.area || byScore(a, b))) {
      if (!yielding.get(part)?.some((better) => kept.has(better))) kept.add(part);
    }
    return new Finding([...kept], photo, group);
  });
}

/** Leaves out single parts that another finding shows better. */
function leaveOutRepeated(findings: readonly Finding[], links: readonly Link[]): Finding[] {
  const left = new Set(findings);
  const findingOf = new Map(
    findings.flatMap((finding) => finding.found.map((part) => [part, finding] as const)),
  );
  const leave = (gone: Finding, better: Finding, { iou }: Link) => {
    if (gone === better || gone.found.length > 1 || !left.has(gone) || !left.has(better)) return;
    left.delete(gone);
    if (iou >= AGREEMENT) better.take(gone);
  };
  // The smaller ones first: what yields to something that yields in turn hands on what it is.
  const bySize = links
    .filter(({ kind }) => kind === 'yields')
    .sort((one, other) => one.a.columns.area - other.a.columns.area);
  for (const link of bySize) leave(findingOf.get(link.a)!, findingOf.get(link.b)!, link);
  const ranks = new Map([...left].sort(betterFirst).map((finding, rank) => [finding, rank]));
  const rankOf = (part: Part) => ranks.get(findingOf.get(part)!) ?? Infinity;
  const byRank = links
    .filter(({ kind }) => kind === 'same')
    .map((link) => (rankOf(link.a) < rankOf(link.b) ? link : { ...link, a: link.b, b: link.a }))
    .sort((one, other) => rankOf(one.a) - rankOf(other.a));
  for (const link of byRank) leave(findingOf.get(link.b)!, findingOf.get(link.a)!, link);
  return [...left];
}

/** What is joined before what is seen whole, that before what is cut off, and the best score first. */
function betterFirst(one: Finding, other: Finding): number {
  return (
    other.parts.length - one.parts.length ||
    Number(one.isOpen) - Number(other.isOpen) ||
    byScore(one.best, other.best)
  );
}
