/** Where a photo lies in its pane. Pure: pane and photo sizes in, viewport out. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The photo's point p is seen at p * scale + (x, y), in CSS pixels from the pane's top left corner. */
export interface Viewport extends Point {
  readonly scale: number;
}

export interface ScaleRange {
  readonly min: number;
  readonly max: number;
}

/** CSS pixels left free around a photo that fits. */
export const MARGIN = 16;
/** A photo pixel is never shown larger than that many CSS pixels. */
const MAX_SCALE = 40;
/** A small photo is not blown up beyond that by itself. */
const MAX_FIT = 8;

/** The largest scale at which all of the photo is seen. */
export function fitScale(photo: Size, pane: Size): number {
  const across = (pane.width - 2 * MARGIN) / photo.width;
  const down = (pane.height - 2 * MARGIN) / photo.height;
  // A pane may have no room yet, while the page is being laid out.
  return Math.max(1e-3, Math.min(across, down, MAX_FIT));
}

/** All of the photo, centred. */
export function fit(photo: Size, pane: Size): Viewport {
  return centred(photo, pane, fitScale(photo, pane));
}

/** From all of the photo (or its true size, when that is smaller) to single pixels. */
export function scaleRange(photo: Size, pane: Size): ScaleRange {
  return { min: Math.min(1, fitScale(photo, pane)), max: MAX_SCALE };
}

export function toPhoto(viewport: Viewport, point: Point): Point {
  return { x: (point.x - viewport.x) / viewport.scale, y: (point.y - viewport.y) / viewport.scale };
}

export function toPane(viewport: Viewport, point: Point): Point {
  return { x: point.x * viewport.scale + viewport.x, y: point.y * viewport.scale + viewport.y };
}

/** Zooms by a factor, within the range; what is seen at `point` of the pane stays there. */
export function zoomAt(viewport: Viewport, factor: number, point: Point, range: ScaleRange): Viewport {
  const scale = Math.min(range.max, Math.max(range.min, viewport.scale * factor));
  const anchor = toPhoto(viewport, point);
  return { scale, x: point.x - anchor.x * scale, y: point.y - anchor.y * scale };
}

export function panBy(viewport: Viewport, dx: number, dy: number): Viewport {
  return { ...viewport, x: viewport.x + dx, y: viewport.y + dy };
}

/** Brings a point of the photo to the pane's centre. */
export function centreOn(viewport: Viewport, point: Point, pane: Size): Viewport {
  const { scale } = viewport;
  return { scale, x: pane.width / 2 - point.x * scale, y: pane.height / 2 - point.y * scale };
}

/**
 * Keeps the photo from getting lost: along an axis where all of it fits it is centred; otherwise the pane's centre
 * stays on the photo, so that a defect at its very edge can still be looked at in the middle.
 */
export function clamp(viewport: Viewport, photo: Size, pane: Size): Viewport {
  const { scale } = viewport;
  return {
    scale,
    x: clampAxis(viewport.x, photo.width * scale, pane.width),
    y: clampAxis(viewport.y, photo.height * scale, pane.height),
  };
}

function clampAxis(start: number, length: number, pane: number): number {
  if (length <= pane) return (pane - length) / 2;
  return Math.min(pane / 2, Math.max(pane / 2 - length, start));
}

function centred(photo: Size, pane: Size, scale: number): Viewport {
  return { scale, x: (pane.width - photo.width * scale) / 2, y: (pane.height - photo.height * scale) / 2 };
}

export type Split = 'row' | 'column';

/** Side by side compares more easily: the photo must be that much larger for panes above each other. */
const COLUMN_GAIN = 1.1;

/** How two panes share the room: beside each other, or above where that shows the photo clearly larger. */
export function chooseSplit(photo: Size, room: Size, gap: number): Split {
  const row = fitScale(photo, { width: (room.width - gap) / 2, height: room.height });
  const column = fitScale(photo, { width: room.width, height: (room.height - gap) / 2 });
  return column > row * COLUMN_GAIN ? 'column' : 'row';
}
