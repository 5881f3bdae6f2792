import type { NamedTensors, Network } from '../families/family.js';
import { movedMap } from '../regions/score-map.js';
import { findIn, type SeenView } from './found.js';
import { cropSource, type PixelSource } from './pixels.js';
import type { PlannedView } from './plan.js';

/** What differs from host to host, a browser's worker or a program, when the network looks at a view. */
export interface Runner {
  /** One run of the network. */
  run(inputs: NamedTensors): Promise<NamedTensors>;
  /** Milliseconds. */
  now(): number;
}

/** Lets the network look at a part of a photo. @throws {InspectorError} */
export async function seeView(
  photo: PixelSource,
  view: PlannedView,
  network: Network,
  { run, now }: Runner,
): Promise<SeenView> {
  const { x, y, width, height, fit } = view;
  const begin = now();
  const inputs = network.prepare({ pixels: cropSource(photo, [x, y, width, height]), width, height, fit });
  const resampled = now();
  const outputs = await run(inputs);
  const inferred = now();
  const reading = network.read(outputs, { width, height, fit });
  const found = findIn(view, reading, network.metadata.classes);
  const end = now();
  const { novelty, map } = reading;
  return {
    view,
    ...found,
    ...(novelty !== undefined && { novelty }),
    ...(map && { map: movedMap(map, view.x, view.y) }),
    timing: {
      resample: resampled - begin,
      infer: inferred - resampled,
      post: end - inferred,
      total: end - begin,
    },
  };
}
