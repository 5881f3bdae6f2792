/** From what the views of a photo have found to what an inspection says. */
import type { Box, Inspection, ModelClass } from '../types.js';
import { toDetections } from './detections.js';
import { moved, type SeenView } from './found.js';
import { mergeViews } from './merge.js';
import type { Plan } from './plan.js';

export type Conclusion = Pick<Inspection, 'detections' | 'truncated' | 'novelty'>;

/**
 * The detections of a photo, in its pixels.
 * @param seen in any order, the whole photo among them
 * @param area of the photo, to which the views were planned
 */
export function conclude(
  seen: readonly SeenView[],
  [x, y, width, height]: Box,
  classes: readonly Pick<ModelClass, 'id' | 'name'>[],
): Conclusion {
  const { found, isTruncated } = mergeViews(seen, { width, height });
  const novelty = noveltyOf(seen);
  return {
    detections: toDetections(
      found.map((one) => moved(one, x, y)),
      classes,
    ),
    truncated: isTruncated,
    ...(novelty !== undefined && { novelty }),
  };
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

/** How a photo was looked at. @param tiles how many views were run */
export function inputOf(
  { detail, scale, views }: Plan,
  tiles: number,
  more: Pick<Inspection['input'], 'area' | 'limitedBy'> = {},
): Inspection['input'] {
  const { paddedWidth, paddedHeight } = views.at(-1)!.fit;
  return { width: paddedWidth, height: paddedHeight, scale, tiles, planned: views.length, detail, ...more };
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
