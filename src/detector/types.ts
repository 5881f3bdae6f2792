import type { Detail } from '../core/pipeline/detail.js';
import type { Box, Inspection, ModelHints, ModelInfo, Progress } from '../core/types.js';

/** Anything that a browser can turn into pixels. A string is a URL. */
export type ImageInput =
  | Blob
  | File
  | URL
  | string
  | ImageBitmap
  | ImageData
  | HTMLImageElement
  | HTMLCanvasElement
  | OffscreenCanvas;

export interface DetectorOptions {
  /** Catalogue name, URL or file; the catalogue's first entry by default. */
  model?: string | URL | Blob;
  /** Whether the shipped model is used where the one that was named can't be had: `Detector.fallback` then says why. By default that is an error. */
  fallback?: boolean;
  /** About a model by URL or file that doesn't say it itself; its file name is its name by default. */
  hints?: ModelHints;
  /** Threads of the runtime, as many as there are cores at most; all cores but at most 4 by default, 1 where the page is not cross-origin isolated. */
  threads?: number;
  /**
   * Photos inspected side by side, each with a runtime of its own, which starts when it is needed; 1 by default. `spare`: as
   * many as there are cores that threads have no use for, two at most, and one where `threads` is given.
   */
  workers?: number | 'spare';
  /**
   * Seconds that starting the model may take, and each photo; Infinity: however long. By default by how fast the device is,
   * how large the model and how slow the photos before: a minute or two at least.
   */
  timeLimit?: number;
  /** Where runtime, worker and catalogue are served from; the module's own place by default. */
  assets?: string | URL;
  /** What is being loaded, and how far that has come. */
  onProgress?: (progress: Progress) => void;
  /** Cancels the loading. */
  signal?: AbortSignal;
}

export interface InspectOptions {
  /** What the photo is called in results and files; by default as its file is, or its address. */
  name?: string;
  /**
   * Of a photo with 16 bits a sample: 2^bits - 1 is white, 8..16. By default the fewest of 8, 10, 12, 14 and 16 bits that
   * hold its brightest sample.
   */
  bits?: number;
  /**
   * fast: the whole photo in one view; thorough: in tiles, too, at a scale at which small defects are seen; auto (default): thorough where
   * one view is too small and the tiles take less than a minute.
   */
  detail?: Detail;
  /**
   * Longer side of the smallest defect's box that matters, photo pixels, at least 1: it decides the tiles' scale, as far as the
   * model enlarges photos. By default, tiles are seen at 1 network pixel per photo pixel.
   */
  smallest?: number;
  /** The part of the photo that is inspected, as if it were the photo: `[x, y, width, height]` in its pixels. */
  area?: Box;
  /** Of a model that scores places, as taught ones do: whether `Inspection.map` comes back, too. */
  map?: boolean;
  /**
   * Of a photo in tiles: what was found so far, at most about twice a second. The last one before an inspection is cancelled is what
   * remains of it. `input.tiles` and `input.planned` say how much was seen.
   */
  onPartial?: (partial: Inspection) => void;
  /** `inspecting`, in views of the photo, where there are several. */
  onProgress?: (progress: Progress) => void;
  /** Whenever that changes: the tiles that are being looked at, `[x, y, width, height]` in photo pixels. */
  onTiles?: (tiles: readonly Box[]) => void;
  /** Whether it is inspected even where its result is known; by default the known result comes back. */
  again?: boolean;
  /** Cancels the inspection. */
  signal?: AbortSignal;
}

/** How a photo would be inspected. */
export interface Estimate extends Pick<Inspection['input'], 'detail' | 'planned' | 'scale' | 'limitedBy'> {
  /** By the views that were run so far; absent before any was. */
  readonly seconds?: number;
}

/** A loaded model, ready for photos. */
export interface Detector {
  /** Its name, version, classes with their thresholds, and hash. */
  readonly model: ModelInfo;
  /** What it runs on, and with how many threads. */
  readonly runtime: Inspection['runtime'];
  /** How many photos it inspects side by side; 1 where it doesn't say. */
  readonly workers?: number;
  /** Why another model than the one asked for is in use, if so. */
  readonly fallback?: Error;
  /** Why the model has to be fetched again at the next visit, if so. */
  readonly notStored?: Error;
  /**
   * How a photo of that size, or an area of it, would be inspected as things are; nothing is run. Absent from detectors that can't tell.
   * @throws {RangeError} without pixels
   * @throws {InspectorError} 'cancelled' once it is disposed of
   */
  estimate?(
    photo: { readonly width: number; readonly height: number },
    options?: Pick<InspectOptions, 'detail' | 'smallest'>,
  ): Estimate;
  /** Inspects a photo, after those that were handed in before. @throws {InspectorError} */
  inspect(input: ImageInput, options?: InspectOptions): Promise<Inspection>;
  /** Ends the workers and gives their memory back. */
  dispose(): void;
}

/** One that can tell how photos would be inspected, as those of `createDetector` can. */
export type EstimatingDetector = Detector & Required<Pick<Detector, 'estimate'>>;

export type DetectorFactory = (options?: DetectorOptions) => Promise<Detector>;
