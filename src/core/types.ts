/**
 * The data that an inspection is made of. All coordinates are in pixels of the original photo after EXIF
 * orientation, origin at the top left, x to the right, y down.
 */
import type { Calibration } from './calibration.js';
import type { ScoreMap } from './regions/score-map.js';

/** `[x, y, width, height]` in photo pixels. */
export type Box = readonly [number, number, number, number];

/**
 * The one mask representation: run lengths within a box of whole photo pixels, column by column, starting with a run of
 * zeros (COCO's rule, on the box).
 */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly counts: Uint32Array;
}

export interface Detection {
  /** Stable within the inspection: 1..n by falling score. */
  readonly id: number;
  /** 1-based label, equal to `classes[].id` in the model's metadata. */
  readonly classId: number;
  readonly className: string;
  /** 0..1 */
  readonly score: number;
  /** Of the region: the extent of the defect. What is shown and exported. */
  readonly box: Box;
  /** As the network gave it, where it gave one; within the photo. */
  readonly networkBox?: Box;
  /** Never empty: a detection without a pixel is dropped. */
  readonly mask: Region;
  /** Closed rings `[x0, y0, x1, y1, ...]`; outer rings clockwise on screen, holes the other way. */
  readonly contours: readonly Float32Array[];
  /** Area of the mask in square pixels. */
  readonly area: number;
}

export interface ModelClass {
  readonly id: number;
  readonly name: string;
  readonly description?: string;
  /** `#rrggbb` */
  readonly color?: string;
  /** Recommended threshold, best F1 on validation. */
  readonly threshold?: number;
}

/** How a photo becomes network input: see `fitInput`. */
export interface InputRule {
  readonly shortSide: number;
  readonly longSide: number;
  readonly maxUpscale: number;
  readonly stride: number;
  /** 0..255 */
  readonly padValue: number;
  /** For a network that takes one size alone: photos are fitted into it, and `stride` has no say. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Network pixels per photo pixel, in place of `shortSide` and `maxUpscale`. */
  readonly scale?: number;
  /** For a model that was taught: it knows photos at the scale that the rule gives them and at no other, so that those that would be longer than `longSide` are seen in tiles. */
  readonly hasOneScale?: true;
}

/** The JSON under the key `defect-inspector` of an ONNX file's `metadata_props`. */
export interface ModelMetadata {
  readonly format: 1;
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  /** What the model was trained on, in one clause for a person. */
  readonly domain?: string;
  readonly classes: readonly ModelClass[];
  readonly input: InputRule;
  /** weights: int8 weights, folded to float when the session is made; qdq: activations are quantised too. */
  readonly quantisation: 'none' | 'weights' | 'qdq';
  readonly scoreFloor?: number;
  readonly novelty?: NoveltyReference;
  /** Of a model that was taught in the browser. */
  readonly taught?: TaughtRule;
  readonly license: string;
  readonly training?: Readonly<Record<string, unknown>>;
  readonly metrics?: Readonly<Record<string, unknown>>;
}

/** How the map of a taught model is read. */
export interface TaughtRule {
  /** Network pixels per side of a cell of the map. */
  readonly cell: number;
  /** SHA-256 of the features that the head was learnt on, hex. */
  readonly features?: string;
  /** The score from which on a cell belongs to a region, .5 by default. */
  readonly level?: number;
  /** What area a region has at least, in cells. */
  readonly smallest?: number;
  /** Added to the logit of the best cell's score for each e-fold of the region's area in cells, 0 by default: what shows in many cells is less likely chance. */
  readonly areaWeight?: number;
  /** From that score to the region's, as `calibrate` says; by default they are the same. */
  readonly calibration?: Calibration;
}

/** What a person knows about a model file that doesn't say it itself. What the file says goes first. */
export interface ModelHints {
  readonly name?: string;
  /** In the order of the network's classes, background left out. */
  readonly classes?: readonly string[];
  /** Short side of the network's input in pixels, where the file leaves it open. */
  readonly shortSide?: number;
}

/** Where the training data lies among the features that the graph gives under `features`. */
export interface NoveltyReference {
  /** Cluster centres, each as long as the features. */
  readonly centres: readonly (readonly number[])[];
  /** Distance to the nearest centre at which novelty is 1. */
  readonly limit: number;
}

/** The model that made an inspection, as far as a reader of the result needs it. */
export interface ModelInfo {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the model file, hex. */
  readonly hash: string;
  readonly classes: readonly ModelClass[];
  readonly domain?: string;
  readonly license?: string;
}

export interface Inspection {
  readonly id: string;
  readonly image: {
    readonly name: string;
    readonly width: number;
    readonly height: number;
    /** SHA-256 of the file's bytes (of the RGBA pixels where there is no file), hex. */
    readonly hash: string;
    /** Of a file with 16 bits a sample: 2^bits - 1 was taken for white. */
    readonly bits?: number;
    /** Part of the photo is missing in the file, which ends early or is damaged; grey stands in its place. */
    readonly isIncomplete?: boolean;
    /** The file holds several pictures, an animation or pages, of which the first was inspected. */
    readonly isFirstOfSeveral?: boolean;
  };
  /** How the network looked at the photo. */
  readonly input: {
    /** Of the network's input for the finest views; where the photo was seen in part, for the finest ones that cover all of it. */
    readonly width: number;
    readonly height: number;
    /** Of these views, network pixels per photo pixel; what is smaller than about 8 / scale photo pixels can't be seen. */
    readonly scale: number;
    /** Views that were run, the whole photo among them; fewer than `planned`: the photo was seen in part. */
    readonly tiles: number;
    readonly planned: number;
    /** fast: the whole photo in one view; thorough: with tiles, too, where that scale is too small. */
    readonly detail: 'fast' | 'thorough';
    /** Where a part of the photo was inspected as if it were all of it; what was found there is in pixels of the photo all the same. */
    readonly area?: Box;
    /**
     * Why the photo wasn't seen as thoroughly as asked for, if so. time: it would have taken more than a minute, which `auto` doesn't take; memory:
     * there was not enough for tiles; failure: the worker ended over a tile more than once, or took too long; views: the scale is smaller, since the photo would have
     * taken more than `MAX_VIEWS`.
     */
    readonly limitedBy?: 'time' | 'memory' | 'failure' | 'views';
  };
  readonly model: ModelInfo;
  readonly runtime: { readonly provider: 'wasm' | 'webgpu' | 'node'; readonly threads: number };
  /** Everything above the floor score, at most `MAX_PHOTO_DETECTIONS`; `truncated` when that cap was hit. */
  readonly detections: readonly Detection[];
  readonly truncated: boolean;
  /** Something scored high enough to be reported, but its mask is empty: it is not among the detections. */
  readonly lacksMasks?: boolean;
  /**
   * How unlike the training data the photo is, the median over its tiles; above 1 it is foreign to the model. Absent where the
   * model can't tell.
   */
  readonly novelty?: number;
  /** Of a model that scores places, where it was asked for; in pixels of the photo. */
  readonly map?: ScoreMap;
  /** Milliseconds. */
  readonly timing: {
    readonly decode: number;
    readonly resample: number;
    readonly infer: number;
    readonly post: number;
    readonly total: number;
  };
}

/** 'auto' uses each class's recommended threshold; a number (0..1) is one threshold for all. */
export type Threshold = 'auto' | number;

/** Everything at or above this score comes back from a model that states no floor of its own. */
export const SCORE_FLOOR = 0.05;
/** At most this many detections come back per view. */
export const MAX_DETECTIONS = 100;
/** At most this many detections come back per photo. */
export const MAX_PHOTO_DETECTIONS = 5000;

export type Progress =
  | { readonly phase: 'runtime' | 'model'; readonly loaded: number; readonly total: number }
  | { readonly phase: 'starting' }
  | { readonly phase: 'ready' }
  | { readonly phase: 'inspecting'; readonly done: number; readonly total: number };
