/**
 * The way of a photo: decode, plan, look at its views, merge. What differs from host to host, a browser's worker or a program,
 * comes in by ports.
 */
import type { NamedTensors, Network } from '../families/family.js';
import type { Inspection } from '../types.js';
import { toDetections } from './detections.js';
import { findIn } from './found.js';
import type { Pixels, PixelSource } from './pixels.js';
import { planViews, type PlannedView } from './plan.js';

export type DecodedPhoto = Pixels & Omit<PixelSource, 'read' | 'close'>;

export interface Ports<Photo> {
  /** @throws {InspectorError} where it is no photo, damaged or too large */
  decode(photo: Photo): Promise<DecodedPhoto>;
  /** One run of the network. */
  run(inputs: NamedTensors): Promise<NamedTensors>;
  /** Milliseconds. */
  now(): number;
}

/** What a photo's pixels and a model determine. */
export type PhotoResult = Pick<Inspection, 'input' | 'detections' | 'truncated' | 'novelty' | 'timing'> &
  Omit<Inspection['image'], 'name' | 'hash'>;

/** @throws {InspectorError} */
export async function inspectPhoto<Photo>(
  photo: Photo,
  network: Network,
  { decode, run, now }: Ports<Photo>,
): Promise<PhotoResult> {
  const begin = now();
  const { data, width, height, bits, isIncomplete } = await decode(photo);
  const decoded = now();
  const { metadata } = network;
  const plan = planViews({ width, height }, metadata.input, { detail: 'fast', scale: 1 });
  const [view] = plan.views as [PlannedView];
  const { fit } = view;
  const inputs = network.prepare({ pixels: data, width, height, fit });
  const resampled = now();
  const outputs = await run(inputs);
  const inferred = now();
  const reading = network.read(outputs, { width, height, fit });
  const { found, isCapped } = findIn(view, reading);
  const detections = toDetections(found, metadata.classes);
  const end = now();
  const { novelty } = reading;
  return {
    width,
    height,
    ...(bits !== undefined && { bits }),
    ...(isIncomplete && { isIncomplete }),
    input: {
      width: fit.paddedWidth,
      height: fit.paddedHeight,
      scale: fit.scale,
      tiles: 1,
      planned: 1,
      detail: 'fast',
    },
    detections,
    truncated: isCapped,
    ...(novelty !== undefined && { novelty }),
    timing: {
      decode: decoded - begin,
      resample: resampled - decoded,
      infer: inferred - resampled,
      post: end - inferred,
      total: end - begin,
    },
  };
}
