/** What a model family's adapter is: all that differs between families, before and after the network. */
import type { FoundDetections } from '../pipeline/detections.js';
import type { InputFit } from '../pipeline/fit.js';
import type { ModelMetadata } from '../types.js';

/** Numbers without a runtime around them, row-major. */
export type PlainTensor = { readonly dims: readonly number[] } & (
  | { readonly type: 'uint8'; readonly data: Uint8Array }
  | { readonly type: 'float32'; readonly data: Float32Array }
  | { readonly type: 'int32'; readonly data: Int32Array }
  | { readonly type: 'int64'; readonly data: BigInt64Array }
);

/** By the names that the model's graph gives them. */
export type NamedTensors = Readonly<Record<string, PlainTensor>>;

/** The family of a model, and what is called how in its graph. Plain data, read from the file. */
export type ModelFormat = DefectInspectorFormat | TorchvisionFormat | UltralyticsFormat;

/** Input `image` uint8 [h, w, 4], outputs `boxes`, `scores`, `labels`, `masks` and, where it can tell novelty, `features`. */
export interface DefectInspectorFormat {
  readonly family: 'defect-inspector';
}

/** Mask R-CNN as torchvision exports it: masks come pasted into images of the input's size. */
export interface TorchvisionFormat {
  readonly family: 'torchvision';
  readonly input: string;
  /** Whether the input is [1, 3, h, w] and not [3, h, w]. */
  readonly batched: boolean;
  readonly outputs: Readonly<Record<'boxes' | 'labels' | 'scores' | 'masks', string>>;
}

/** Segmentation with mask prototypes, as Ultralytics exports it. */
export interface UltralyticsFormat {
  readonly family: 'ultralytics';
  readonly input: string;
  readonly outputs: Readonly<Record<'predictions' | 'prototypes', string>>;
}

export interface AdapterResult extends FoundDetections {
  /** See `Inspection.novelty`. */
  readonly novelty?: number;
}

export interface ModelAdapter {
  readonly family: ModelFormat['family'];
  /**
   * The network's input.
   * @param pixels RGBA, `width` x `height`
   * @param fit of a photo of that size, by the model's input rule
   */
  prepare(
    pixels: Uint8Array | Uint8ClampedArray,
    width: number,
    height: number,
    fit: InputFit,
    model: ModelMetadata,
  ): NamedTensors;
  /**
   * The network's output as detections in photo pixels: see `buildDetections`.
   * @throws {InspectorError} 'model-unsupported' when the output is not what the file promised
   */
  toDetections(
    outputs: NamedTensors,
    fit: InputFit,
    imageWidth: number,
    imageHeight: number,
    model: ModelMetadata,
  ): AdapterResult;
}
