/**
 * The public face as embedders, benchmarks and measurements rely on it. Names may be added, never renamed or removed:
 * `public-face.ts` holds the module to it.
 */
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

export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly counts: Uint32Array;
}

export interface Detection {
  readonly id: number;
  readonly classId: number;
  readonly className: string;
  readonly score: number;
  readonly box: readonly [number, number, number, number];
  readonly networkBox?: readonly [number, number, number, number];
  readonly mask: Region;
  readonly contours: readonly Float32Array[];
  readonly area: number;
}

export interface Inspection {
  readonly id: string;
  readonly image: {
    readonly name: string;
    readonly width: number;
    readonly height: number;
    readonly hash: string;
  };
  readonly input: {
    readonly width: number;
    readonly height: number;
    readonly scale: number;
    readonly tiles: number;
    readonly planned: number;
    readonly detail: 'fast' | 'thorough';
    readonly area?: readonly [number, number, number, number];
  };
  readonly model: { readonly name: string; readonly version: string; readonly hash: string };
  readonly runtime: { readonly provider: 'wasm' | 'webgpu' | 'node'; readonly threads: number };
  readonly detections: readonly Detection[];
  readonly truncated: boolean;
  readonly novelty?: number;
  readonly timing: {
    readonly decode: number;
    readonly resample: number;
    readonly infer: number;
    readonly post: number;
    readonly total: number;
  };
}

export type Progress =
  | { readonly phase: 'runtime' | 'model'; readonly loaded: number; readonly total: number }
  | { readonly phase: 'starting' }
  | { readonly phase: 'ready' }
  | { readonly phase: 'inspecting'; readonly done: number; readonly total: number };

export type ErrorCode =
  | 'unsupported-image'
  | 'corrupt-image'
  | 'image-too-large'
  | 'model-not-found'
  | 'model-corrupt'
  | 'model-unsupported'
  | 'timed-out'
  | 'lesson-unusable'
  | 'assets-unavailable'
  | 'no-webassembly'
  | 'out-of-memory'
  | 'worker-crashed'
  | 'cancelled'
  | 'storage-full'
  | 'offline';

export interface InspectorError extends Error {
  readonly code: ErrorCode;
  readonly cause?: unknown;
}

export interface DetectorOptions {
  model?: string | URL | Blob;
  threads?: number;
  workers?: number;
  assets?: string | URL;
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
}

export interface InspectOptions {
  name?: string;
  signal?: AbortSignal;
  detail?: 'fast' | 'thorough' | 'auto';
  smallest?: number;
  area?: readonly [number, number, number, number];
  onPartial?: (partial: Inspection) => void;
}

export interface ModelClass {
  readonly id: number;
  readonly name: string;
  readonly description?: string;
  readonly color?: string;
  readonly threshold?: number;
}

export interface Detector {
  readonly model: { name: string; version: string; hash: string; classes: readonly ModelClass[] };
  inspect(input: ImageInput, options?: InspectOptions): Promise<Inspection>;
  dispose(): void;
}

export type CreateDetector = (options?: DetectorOptions) => Promise<Detector>;

export type Threshold = 'auto' | number;

/** `Result` is what the module itself calls an inspection: these take what `inspect` has given. */
export type Annotate<Result> = (
  canvas: HTMLCanvasElement | OffscreenCanvas,
  photo: CanvasImageSource,
  inspection: Result,
  options?: { threshold?: Threshold; opacity?: number; labels?: boolean },
) => void;
export type Rasterize = (detection: Detection, width: number, height: number) => Uint8Array;
export type ToText<Result> = (inspections: readonly Result[], options?: { threshold?: Threshold }) => string;
export type ToCoco<Result> = (
  inspections: readonly Result[],
  options?: { threshold?: Threshold; segmentation?: 'rle' | 'polygon' },
) => string;

export interface DefectInspectorElement extends HTMLElement {
  model: string;
  threshold: Threshold;
  view: 'side-by-side' | 'overlay' | 'original' | 'wipe';
  detail: 'fast' | 'thorough' | 'auto';
  smallest: number | undefined;
  loading: 'eager' | 'lazy';
  readonly inspections: readonly Inspection[];
  inspect(input: ImageInput, options?: InspectOptions): Promise<Inspection>;
  add(inputs: Iterable<ImageInput>): void;
  clear(): void;
  export(format: 'csv' | 'json' | 'coco'): Promise<Blob>;
}

export interface DefectInspectorEvents {
  'defect-progress': CustomEvent<Progress>;
  'defect-result': CustomEvent<Inspection>;
  'defect-error': CustomEvent<{ error: InspectorError; name?: string }>;
  'defect-model': CustomEvent<Detector['model'] & { fallback?: InspectorError }>;
}
