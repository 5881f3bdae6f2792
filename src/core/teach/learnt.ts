/** What learning takes and gives, besides the lesson. */
import type { NoveltyReference } from '../types.js';
import type { Calibration } from '../calibration.js';
import type { LessonDoubt } from './check-lesson.js';
import type { Head } from './head.js';
import type { FindRegions } from './touching.js';

export interface LearnOptions {
  /** As inspecting does. */
  readonly findRegions: FindRegions;
  /** What a marked photo that isn't found costs, in false alarms, above 0; the best F1 decides where it is left out. */
  readonly costRatio?: number;
  /** The same seed gives the same. */
  readonly seed?: number;
}

/** How photos are tested, per photo. */
export interface LeavingOut {
  /** With which others it is left out. */
  readonly folds: readonly number[];
  /** It shows what another one shows: what is found on it counts once. */
  readonly isCopy: readonly boolean[];
}

/** From photos that were left out while learning, copies counted once, at thresholds that were chosen without them. */
export interface TeachFigures {
  /** Photos with marks. */
  readonly marked: number;
  /** Photos called good. */
  readonly good: number;
  /** Marked photos with a region that agrees with what it touches of their marks, whatever the class: an IoU of .1. */
  readonly found: number;
  /** Regions on good photos. */
  readonly falseAlarms: number;
  /** 0..1, of pixels; absent where good photos alone are known, or one marked photo: nothing is left to test on. */
  readonly pixelAP?: number;
  /** 0..1; absent likewise, and without good photos. */
  readonly imageAUROC?: number;
  readonly folds: number;
}

/** What finds the like in other photos. */
export interface LearntHead {
  readonly head: Head;
  /** The score, 0..1 and calibrated, from which on a region is reported: the same for all classes. */
  readonly threshold: number;
  /** Of regions' scores, which are the highest of their cells. */
  readonly calibration: Calibration;
  readonly figures: TeachFigures;
  /** Of the marked photos that were found, those whose defects were all taken for another class; absent where good photos alone are known. */
  readonly misnamed?: number;
  /** Where good photos alone are known, the share of good ones of which a false alarm must be expected, 0..1. */
  readonly falseAlarmShare?: number;
}

export interface Learnt extends LearntHead {
  /** The class of each plane of the map. Empty where good photos alone are known: the one plane is what is unlike them. */
  readonly classIds: readonly number[];
  /** Of the mean features of a view; absent with too few photos to tell. */
  readonly novelty?: NoveltyReference;
  readonly doubts: readonly LessonDoubt[];
}

/** Steps of about the same length. */
export interface LearnProgress {
  readonly done: number;
  readonly total: number;
}

/** Learns on when it is asked for the next step, and not at all once nobody asks: that is how it is cancelled. */
export type Learning<Result = Learnt> = Generator<LearnProgress, Result, void>;
