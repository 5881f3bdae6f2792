/**
 * The way of a photo: decode, fit to the network, run, read, trace. What differs from host to host, a browser's worker or a
 * program, comes in by ports.
 */
import type { NamedTensors, Network } from '../families/family.js';
import type { Inspection } from '../types.js';
import { toDetections } from './detections.js';
import { fitInput } from './fit.js';

/** RGBA as the camera's file has it: oriented, but with no colour management; alpha is not read. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

export interface DecodedPhoto extends Pixels {
  /** Of 16 bits a sample those that were taken to count; absent where the file has at most 8. */
  readonly bits?: number;
  /** A part of the photo is missing in the file: what stands in its place is not what the camera saw. */
  readonly isIncomplete?: boolean;
}

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
  const fit = fitInput(width, height, metadata.input);
  const inputs = network.prepare({ pixels: data, width, height, fit });
  const resampled = now();
  const outputs = await run(inputs);
  const inferred = now();
  const { candidates, isCapped, novelty } = network.read(outputs, { width, height, fit });
  const { detections, truncated } = toDetections(candidates, metadata.classes);
  const end = now();
  return {
    width,
    height,
    ...(bits !== undefined && { bits }),
    ...(isIncomplete && { isIncomplete }),
    input: { width: fit.paddedWidth, height: fit.paddedHeight, scale: fit.scale, tiles: 1 },
    detections,
    truncated: truncated || isCapped,
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
