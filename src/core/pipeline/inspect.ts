/**
 * The way of a photo where one thing follows the other: decode, plan, look at its views, merge. What differs from host to host comes
 * in by ports; in the browser, `detector/photo-run.ts` spreads the same steps over workers.
 */
import type { Network } from '../families/family.js';
import type { Box, Inspection } from '../types.js';
import { areaWithin } from './area.js';
import { conclude, inputOf, timingOf } from './conclude.js';
import type { SeenView } from './found.js';
import { limitOf } from './detail.js';
import { cropSource, photoFacts, type PhotoFacts, type PixelSource } from './pixels.js';
import { finestScale, planViews } from './plan.js';
import { seeView, type Runner } from './view.js';

export type { DecodedPhoto } from './pixels.js';

export interface Ports<Photo> extends Runner {
  /** @throws {InspectorError} where it is no photo, damaged or too large */
  decode(photo: Photo): Promise<PixelSource>;
}

export interface InspectPhotoOptions {
  /** fast (default): one view; thorough: tiles as well, where a single view is too small for the scale. */
  readonly detail?: 'fast' | 'thorough';
  /** Longer side of the smallest defect's box that matters, photo pixels; see `scaleFor`. */
  readonly smallest?: number;
  /** The part of the photo that is inspected, as if it were all of it. */
  readonly area?: Box;
  /** Whether the map of scores comes back, of a model that gives one. */
  readonly map?: boolean;
}

/** What a photo's pixels, a model and the way of looking determine. */
export interface PhotoResult extends Pick<
  Inspection,
  'input' | 'detections' | 'truncated' | 'lacksMasks' | 'novelty' | 'map' | 'timing'
> {
  readonly image: PhotoFacts;
}

/** @throws {InspectorError} */
export async function inspectPhoto<Photo>(
  photo: Photo,
  network: Network,
  { decode, run, now }: Ports<Photo>,
  { detail = 'fast', smallest, area, map }: InspectPhotoOptions = {},
): Promise<PhotoResult> {
  const begin = now();
  const source = await decode(photo);
  try {
    const decoded = now();
    const { input } = network.metadata;
    const part = areaWithin(area, source);
    const pixels = cropSource(source, part);
    const plan = planViews(pixels, input, { detail, scale: finestScale(pixels, input, smallest) });
    const seen: SeenView[] = [];
    for (const view of plan.views) seen.push(await seeView(pixels, view, network, { run, now }));
    const merging = now();
    const conclusion = conclude(seen, part, network, { map });
    const end = now();
    const timing = timingOf(decoded - begin, seen);
    return {
      image: photoFacts(source),
      input: inputOf(plan, seen, { ...(area && { area: part }), ...limitOf(plan) }),
      ...conclusion,
      timing: { ...timing, post: timing.post + end - merging, total: end - begin },
    };
  } finally {
    source.close?.();
  }
}
