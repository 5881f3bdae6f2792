/** What a model family is: all that differs between kinds of models, before and after the network. */
import type { InputFit } from '../pipeline/fit.js';
import type { PixelSource } from '../pipeline/pixels.js';
import type { Size } from '../rect.js';
import type { ScoreMap } from '../regions/score-map.js';
import type { Box, ModelHints, ModelMetadata, Region } from '../types.js';
import type { OnnxFile } from './onnx-summary.js';

/** Numbers without a runtime around them, row-major. */
export type PlainTensor = { readonly dims: readonly number[] } & (
  | { readonly type: 'uint8'; readonly data: Uint8Array }
  | { readonly type: 'float32'; readonly data: Float32Array }
  | { readonly type: 'int32'; readonly data: Int32Array }
  | { readonly type: 'int64'; readonly data: BigInt64Array }
);

/** By the names that the model's graph gives them. */
export type NamedTensors = Readonly<Record<string, PlainTensor>>;

/** What one run of the network sees: a photo, or a part of one. Coordinates of a view are in its own pixels. */
export interface View extends Size {
  /** Of the view alone, `width` x `height`. */
  readonly pixels: PixelSource;
  /** How it becomes the network's input. */
  readonly fit: InputFit;
}

/** Where a view's candidates lie; its pixels are not needed any more. */
export type ViewSize = Omit<View, 'pixels'>;

/** The pixels of a defect, and its outline: closed rings, outer ones clockwise on screen, holes the other way. */
export interface Shape {
  readonly region: Region;
  readonly contours: readonly Float32Array[];
}

/** Something that the network reports in a view. */
export interface Candidate {
  readonly classId: number;
  /** 0..1 */
  readonly score: number;
  /** As the network gave it, clipped to the view; absent where it gives none. */
  readonly box?: Box;
  /** Costly, and asked for only if the candidate counts; undefined where no pixel of the view belongs to it. */
  readonly shape: () => Shape | undefined;
}

/** What the network says about a view. */
export interface Reading {
  /** In any order. */
  readonly candidates: readonly Candidate[];
  /** Whether the network gave as many as it ever gives, so that there may be more. */
  readonly isCapped: boolean;
  /** See `Inspection.novelty`. */
  readonly novelty?: number;
  /** Of a family that scores places instead of telling candidates, in pixels of the view. */
  readonly map?: ScoreMap;
}

/** What was found on a map, in pixels of its photo. */
export interface MapFinding extends Shape {
  readonly classId: number;
  /** 0..1 */
  readonly score: number;
}

/** A model of a known family. */
export interface Network {
  /** The name of its family. */
  readonly family: string;
  readonly metadata: ModelMetadata;
  prepare(view: View): NamedTensors;
  /**
   * Checks the network's output and reads it.
   * @throws {InspectorError} 'model-unsupported' when the output is not what the file promised
   */
  read(outputs: NamedTensors, view: ViewSize): Reading;
  /** What the map of a photo shows, by falling score; of families whose views give maps. */
  findOnMap?(map: ScoreMap, photo: Size): readonly MapFinding[];
  /** Size of the smallest input, worth running once so that the runtime compiles; absent where that costs too much. */
  readonly warmUp?: Size;
}

export interface ModelFamily {
  readonly name: string;
  /**
   * The model, or nothing where it is of another family.
   * @param hints about what the file leaves open
   * @throws {InspectorError} 'model-unsupported' when it is of this family but can't be run
   */
  recognise(file: OnnxFile, hints: ModelHints): Network | undefined;
}
