import type { Rect, Size } from '../rect.js';
import { uniteContours } from '../regions/outline.js';
import { ringLength } from '../regions/contour.js';
import { RegionColumns, uniteRegions } from '../regions/region-sets.js';
import type { Region } from '../types.js';
import type { Found } from './found.js';
import type { PlannedView } from './plan.js';

/** How near to a view's border, in network pixels, something counts as cut off there; so far two views differ about a place. */
export const BORDER = 2;
/** The same as a part of its extent, since masks come as grids of about so many values a side. */
const BORDER_OF_EXTENT = 1 / 28;

/** Something that one view has found. */
export interface Part {
  readonly found: Found;
  readonly view: PlannedView;
  readonly columns: RegionColumns;
}

export const partOf = (found: Found, view: PlannedView): Part => ({
  found,
  view,
  columns: new RegionColumns(found.region),
});

/** What counts as one defect while views are merged: what one view has found, or what several have found of it. */
export class Finding {
  /** Of all its parts together. */
  readonly region: Region;
  readonly columns: RegionColumns;
  /** Whether it ends where a view ends, so that there may be more of it. */
  readonly isOpen: boolean;
  /** Of the best part, until all views that see it are heard. */
  score: number;
  private bestPart: Part;

  /**
   * @param parts that make its region, at least one
   * @param found all of it that was found, those parts among them
   * @throws {RangeError} where there is none
   */
  constructor(
    readonly parts: readonly Part[],
    photo: Size,
    readonly found = parts,
  ) {
    const [first, ...others] = parts;
    if (!first) throw new RangeError('A finding has at least one part.');
    const isOne = others.length === 0;
    this.region = isOne ? first.found.region : uniteRegions(parts.map(({ found }) => found.region));
    this.columns = isOne ? first.columns : new RegionColumns(this.region);
    this.isOpen = parts.some((part) => isCut(part, photo, this.columns));
    this.bestPart = found.reduce((a, b) => (byScore(b, a) < 0 ? b : a));
    this.score = this.bestPart.found.score;
  }

  /** The best of all that were taken for this: it gives the class. */
  get best(): Part {
    return this.bestPart;
  }

  /** The only part, where its view sees all there is of it. */
  get whole(): Part | undefined {
    return this.found.length === 1 && !this.isOpen ? this.found[0] : undefined;
  }

  /** The only part, where a border cuts it off, so that there may be more of it. */
  get piece(): Part | undefined {
    return this.found.length === 1 && this.isOpen ? this.found[0] : undefined;
  }

  /** Takes the class and score of something that turned out to be the same, where that is better. */
  take(other: Finding): void {
    if (surerFirst(other, this) >= 0) return;
    this.bestPart = other.best;
    this.score = other.score;
  }

  /** Of all its parts' outlines, in photo pixels. */
  outlineLength(): number {
    return this.parts.flatMap(({ found }) => found.contours).reduce((sum, ring) => sum + ringLength(ring), 0);
  }

  toFound(): Found {
    const { score } = this;
    const { classId } = this.best.found;
    const [first, ...others] = this.parts.map(({ found }) => found);
    if (first && others.length === 0) return { ...first, score, classId };
    const { region } = this;
    const contours = uniteContours(
      this.parts.map(({ found }) => found.contours),
      region,
    );
    return { classId, score, region, contours };
  }
}

/** As `byScore`. */
export const surerFirst = (a: Finding, b: Finding): number => b.score - a.score || byScore(a.best, b.best);

/** The better one first; what is equally good from left to right, so that the order of views does not matter. */
export function byScore(
  { found: a, view: viewA }: Pick<Part, 'found' | 'view'>,
  { found: b, view: viewB }: Pick<Part, 'found' | 'view'>,
): number {
  return (
    b.score - a.score ||
    a.region.x - b.region.x ||
    a.region.y - b.region.y ||
    a.region.width - b.region.width ||
    a.region.height - b.region.height ||
    a.classId - b.classId ||
    viewA.level - viewB.level ||
    viewA.x - viewB.x ||
    viewA.y - viewB.y
  );
}

/**
 * Does a part end at a border of its view that is not one of the photo's?
 * @param whole of which it is a part: where that goes on beyond the border, nothing is cut off
 */
export const isCut = (part: Omit<Part, 'found'>, photo: Size, whole: Rect = part.columns): boolean =>
  cutEnds(part, photo, whole).length > 0;

/** Where a border of the view cuts a part off: its strips along them. Parameters as of `isCut`. */
export function cutEnds(
  { view, columns }: Omit<Part, 'found'>,
  photo: Size,
  whole: Rect = columns,
): readonly Rect[] {
  const { x, y, width, height } = columns;
  const near = (extent: number) => Math.max(1, BORDER / view.fit.scale, extent * BORDER_OF_EXTENT);
  const nearX = near(width);
  const nearY = near(height);
  const right = view.x + view.width;
  const bottom = view.y + view.height;
  const stripWidth = Math.min(nearX, width);
  const stripHeight = Math.min(nearY, height);
  const ends: Rect[] = [];
  if (view.x > 0 && x - view.x < nearX && whole.x >= view.x) ends.push({ x, y, width: stripWidth, height });
  if (view.y > 0 && y - view.y < nearY && whole.y >= view.y) ends.push({ x, y, width, height: stripHeight });
  if (right < photo.width && right - x - width < nearX && whole.x + whole.width <= right)
    ends.push({ x: x + width - stripWidth, y, width: stripWidth, height });
  if (bottom < photo.height && bottom - y - height < nearY && whole.y + whole.height <= bottom)
    ends.push({ x, y: y + height - stripHeight, width, height: stripHeight });
  return ends;
}
