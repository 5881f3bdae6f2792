/** From what the views of a photo have found to what an inspection says. */
import type { Network } from '../families/family.js';
import { intersectRects, type Size } from '../rect.js';
import { joinMaps, movedMap, type ScoreMap } from '../regions/score-map.js';
import { MAX_PHOTO_DETECTIONS, type Box, type Inspection, type ModelMetadata } from '../types.js';
import { toDetections } from './detections.js';
import { moved, type Found, type SeenView } from './found.js';
import { mergeViews } from './merge.js';
import type { Plan, PlannedView } from './plan.js';

export type Conclusion = Pick<Inspection, 'detections' | 'truncated' | 'lacksMasks' | 'novelty' | 'map'>;

/** Of a model what it takes to make sense of what it has found. */
interface Concluded extends Pick<Network, 'findOnMap'> {
  readonly metadata: Pick<ModelMetadata, 'classes'>;
}

export interface ConcludeOptions {
  /** Whether the map comes back, of a model that gives one. */
  readonly map?: boolean | undefined;
}

/**
 * The detections of a photo, in its pixels.
 * @param seen in any order, the whole photo among them
 * @param area of the photo, to which the views were planned
 */
export function conclude(
  seen: readonly SeenView[],
  [x, y, width, height]: Box,
  network: Concluded,
  options: ConcludeOptions = {},
): Conclusion {
  const { found, isTruncated, map } = findOnPhoto(seen, { width, height }, network);
  const novelty = noveltyOf(seen);
  return {
    detections: toDetections(
      found.map((one) => moved(one, x, y)),
      network.metadata.classes,
    ),
    truncated: isTruncated,
    ...(lacksMasks(seen, found) && { lacksMasks: true }),
    ...(novelty !== undefined && { novelty }),
    ...(map && options.map && { map: movedMap(map, x, y) }),
  };
}

interface FoundOnPhoto {
  readonly found: readonly Found[];
  readonly isTruncated: boolean;
  readonly map?: ScoreMap;
}

/** Maps are joined before anything is found on them, so that nothing has to be merged after it. */
function findOnPhoto(
  seen: readonly SeenView[],
  photo: Size,
  network: Pick<Network, 'findOnMap'>,
): FoundOnPhoto {
  const maps = seen.flatMap(({ map }) => map ?? []);
  if (!network.findOnMap || maps.length === 0) return mergeViews(seen, photo);
  const map = joinMaps(maps, photo);
  const found = network.findOnMap(map, photo);
  return {
    found: found.slice(0, MAX_PHOTO_DETECTIONS),
    isTruncated: found.length > MAX_PHOTO_DETECTIONS,
    map,
  };
}

/** Whether something came without a mask where no view has found anything else. */
function lacksMasks(seen: readonly SeenView[], found: readonly Found[]): boolean {
  return seen.some(({ unmasked }) =>
    unmasked.some(([x, y, width, height]) =>
      found.every(({ region }) => !intersectRects(region, { x, y, width, height })),
    ),
  );
}

/** The median over the tiles; of a photo without tiles its own. */
function noveltyOf(seen: readonly SeenView[]): number | undefined {
  const tiles = seen.filter(({ view }) => view.level > 0);
  const values = (tiles.length > 0 ? tiles : seen)
    .flatMap(({ novelty }) => novelty ?? [])
    .sort((a, b) => a - b);
  const upper = values[values.length >> 1];
  const lower = values[(values.length - 1) >> 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

/** How a photo was looked at. @param seen of the plan's views those that were run, the whole photo among them, in any order */
export function inputOf(
  { detail, views }: Plan,
  seen: readonly SeenView[],
  more: Pick<Inspection['input'], 'area' | 'limitedBy'> = {},
): Inspection['input'] {
  const { scale, paddedWidth, paddedHeight } = finestOf(views, seen).fit;
  return {
    ...{ width: paddedWidth, height: paddedHeight, scale },
    ...{ tiles: seen.length, planned: views.length, detail },
    ...more,
  };
}

/** A view of the finest level that was seen completely: where tiles are missing, only that can be said of all of the photo. */
function finestOf(views: readonly PlannedView[], seen: readonly SeenView[]): PlannedView {
  const missing = new Map<number, number>();
  const count = (level: number, step: number) => missing.set(level, (missing.get(level) ?? 0) + step);
  for (const { level } of views) count(level, 1);
  for (const { view } of seen) count(view.level, -1);
  return views.findLast(({ level }) => missing.get(level) === 0)!;
}

/** Time spent on all views, ms. */
export function timingOf(decode: number, seen: readonly SeenView[]): Inspection['timing'] {
  const timing = { decode, resample: 0, infer: 0, post: 0, total: decode };
  for (const { timing: one } of seen) {
    timing.resample += one.resample;
    timing.infer += one.infer;
    timing.post += one.post;
    timing.total += one.total;
  }
  return timing;
}
