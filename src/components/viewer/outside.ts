import type { Detection } from '../../core/types.js';
import { toPane, type Size, type Viewport } from './viewport.js';

export const DIRECTIONS = ['left', 'up', 'down', 'right'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Detections that can't be seen in a pane, by where they lie; the nearest first. */
export type Outside = Readonly<Record<Direction, readonly number[]>>;

export const NONE_OUTSIDE: Outside = { left: [], up: [], down: [], right: [] };

/** Ids of the detections whose box has no part in the pane, each in the direction in which it lies furthest. */
export function findOutside(
  detections: readonly Pick<Detection, 'id' | 'box'>[],
  viewport: Viewport,
  pane: Size,
): Outside {
  const found: Record<Direction, { id: number; distance: number }[]> = {
    left: [],
    up: [],
    down: [],
    right: [],
  };
  for (const { id, box } of detections) {
    const start = toPane(viewport, { x: box[0], y: box[1] });
    const end = toPane(viewport, { x: box[0] + box[2], y: box[1] + box[3] });
    const distances: Record<Direction, number> = {
      left: -end.x,
      up: -end.y,
      down: start.y - pane.height,
      right: start.x - pane.width,
    };
    const furthest = DIRECTIONS.reduce((a, b) => (distances[b] > distances[a] ? b : a));
    if (distances[furthest] >= 0) found[furthest].push({ id, distance: distances[furthest] });
  }
  const idsOf = (direction: Direction) =>
    found[direction].sort((a, b) => a.distance - b.distance || a.id - b.id).map(({ id }) => id);
  return { left: idsOf('left'), up: idsOf('up'), down: idsOf('down'), right: idsOf('right') };
}

export const isSameOutside = (a: Outside, b: Outside): boolean =>
  DIRECTIONS.every(
    (direction) =>
      a[direction].length === b[direction].length && a[direction].every((id, at) => id === b[direction][at]),
  );
