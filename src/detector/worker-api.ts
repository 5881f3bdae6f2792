/**
 * What the inference worker offers. This file is the whole worker boundary: everything that crosses it is
 * plain data or transferable.
 */
import type { ErrorData } from '../core/errors.js';
import type { ConcludeOptions, Conclusion } from '../core/pipeline/conclude.js';
import type { SeenView } from '../core/pipeline/found.js';
import type { PhotoFacts } from '../core/pipeline/pixels.js';
import type { PlannedView } from '../core/pipeline/plan.js';
import type { CellView, Turn, TurnedView } from '../core/teach/cells.js';
import type { Box, ModelMetadata, Progress } from '../core/types.js';
import type { ModelSource } from '../model/load.js';
import type { FeaturesDesign } from '../model/onnx/features.js';

export interface StartRequest {
  readonly model: ModelSource;
  /** Absolute URLs of the runtime. */
  readonly runtime: { readonly wasm: string; readonly mjs: string; readonly bytes: number };
  readonly threads: number;
  /** For a worker that describes photos instead of inspecting them: what it cuts out of the model and runs in its place. */
  readonly features?: FeaturesDesign;
  /** Of the lock that the worker holds as long as it lives, if the browser gives it. */
  readonly life?: string;
}

export interface StartReply {
  readonly hash: string;
  readonly metadata: ModelMetadata;
  readonly threads: number;
  /** The model file, kept by the client so that a replaced worker needs no network; absent when it was sent there. */
  readonly bytes?: ArrayBuffer;
  /** Why the model will have to be fetched again at the next visit, if so. */
  readonly notStored?: ErrorData;
  /** Whether the worker holds the lock that it was asked to. */
  readonly holdsLife?: boolean;
}

/**
 * What a worker posts by itself, beside its answers: for how many milliseconds nothing more may come from it. One that is
 * silent for longer is stuck; 0: there is no limit.
 */
export interface Announcement {
  readonly silence: number;
}

/** A file's bytes, or pixels that some canvas already holds. */
export type PhotoData =
  | {
      readonly kind: 'file';
      readonly bytes: ArrayBuffer;
      readonly type: string;
      /** See `InspectOptions`. */
      readonly bits?: number;
    }
  | {
      readonly kind: 'pixels';
      readonly data: Uint8ClampedArray<ArrayBuffer>;
      readonly width: number;
      readonly height: number;
    };

/** A photo that a worker holds decoded. */
export interface OpenedPhoto extends PhotoFacts {
  readonly key: number;
  /** Milliseconds that decoding took. */
  readonly decode: number;
}

/** A view that the network has looked at. */
export interface LookedAt {
  readonly seen: SeenView;
  /** The photo was closed after it, because its memory was wanted elsewhere: it has to be opened again for the next one. */
  readonly isClosed: boolean;
}

/** Every call answers with a result: an exception thrown across comlink would lose its code. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorData };

export interface InferenceWorkerApi {
  /** Loads runtime and model. Once per worker; a worker whose start failed is of no further use. */
  start(request: StartRequest, onProgress: (progress: Progress) => void): Promise<Result<StartReply>>;
  /** Decodes a photo and keeps it until it is closed or another one is opened. */
  open(photo: PhotoData): Promise<Result<OpenedPhoto>>;
  /**
   * Lets the network look at a part of the photo that is open.
   * @param view in pixels of the area
   * @param area of the photo, whole pixels within it
   */
  run(key: number, view: PlannedView, area: Box): Promise<Result<LookedAt>>;
  /**
   * Describes a part of the photo that is open, cell by cell; only in a worker that was started for that.
   * @param view, area as for `run`
   */
  features(key: number, view: PlannedView, area: Box): Promise<Result<CellView>>;
  /** The same once the part is turned, of some cells alone. @param places in rising order */
  turnedFeatures(
    key: number,
    view: PlannedView,
    area: Box,
    turn: Turn,
    places: Uint32Array,
  ): Promise<Result<TurnedView>>;
  /** Makes detections of what the views of a photo have found, here or in another worker. @param area as for `run` */
  conclude(seen: readonly SeenView[], area: Box, options: ConcludeOptions): Promise<Result<Conclusion>>;
  /** Gives the photo's memory back, if it is still open. */
  close(key: number): Promise<void>;
  /** SHA-256, hex, where the page has no `crypto.subtle`. */
  hash(bytes: ArrayBuffer): Promise<string>;
}
