/** How sure it is what views of one scale have found: see `merge.ts`. */
import { appendTo } from '../append-to.js';
import { containsRect, type Size } from '../rect.js';
import { overlappingPairs } from '../regions/overlapping.js';
import { SCORE_FLOOR } from '../types.js';
import { isCut, type Finding, type Part } from './finding.js';
import type { PlannedView } from './plan.js';

/**
 * Gives what is seen whole the mean of the scores of all views that see it whole. The best of several would be more than one view says
 * of things that are as likely, and the more so the more views there are. A view that found nothing there may have given it
 * the lowest score that is told.
 * @param links parts of different views that are taken for the same
 * @param views all there are of the scale
 */
export function scoreByAllViews(
  findings: readonly Finding[],
  links: readonly { readonly a: Part; readonly b: Part }[],
  views: readonly PlannedView[],
  photo: Size,
): void {
  const same = new Map<Part, Part[]>();
  for (const { a, b } of links) {
    appendTo(same, a, b);
    appendTo(same, b, a);
  }
  const viewsOf = viewsThatSee(
    findings.flatMap(({ whole }) => whole ?? []),
    views,
    photo,
  );
  for (const finding of findings) {
    const { whole } = finding;
    if (!whole) continue;
    const found = [whole, ...(same.get(whole) ?? [])];
    const scores = viewsOf.get(whole)!.map((seeing) => {
      const ofView = found.filter(({ view }) => view === seeing);
      return Math.max(SCORE_FLOOR, ...ofView.map((part) => part.found.score));
    });
    // Sorted, since a sum of fractions depends on their order, and nothing may depend on that of the views.
    finding.score = scores.sort((a, b) => a - b).reduce((sum, score) => sum + score, 0) / scores.length;
  }
}

/** Of each part the views that see all of it, its own among them. */
function viewsThatSee(
  parts: readonly Part[],
  views: readonly PlannedView[],
  photo: Size,
): Map<Part, PlannedView[]> {
  const seeing = new Map<Part, PlannedView[]>();
  const things = [
    ...views.map((view) => ({ view, part: undefined, rect: view })),
    ...parts.map((part) => ({ view: undefined, part, rect: part.columns })),
  ];
  for (const [one, other] of overlappingPairs(things, ({ rect }) => rect)) {
    const view = one.view ?? other.view;
    const part = one.part ?? other.part;
    if (!view || !part || !containsRect(view, part.columns)) continue;
    if (!isCut({ ...part, view }, photo)) appendTo(seeing, part, view);
  }
  return seeing;
}
