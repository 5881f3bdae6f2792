import type { LessonDoubt } from '../../core/teach/check-lesson.js';
import type { TeachFigures } from '../../core/teach/learnt.js';
import type { Progress, Region } from '../../core/types.js';
import type { ImageInput } from '../../detector/types.js';

/** What is to be learnt, photo by photo. */
export interface LessonToLearn {
  readonly name: string;
  readonly good: readonly ImageInput[];
  readonly marked: readonly {
    readonly image: ImageInput;
    readonly regions: readonly { readonly classId: number; readonly region: Region }[];
  }[];
  readonly classes: readonly { readonly id: number; readonly name: string; readonly color: string }[];
}

/** What is kept from one learning of a lesson to the next. Plain data, which may be stored, by names that tell photos apart. */
export interface KeptFeatures {
  readonly photos: Map<string, object>;
}

export interface LearnOptions {
  readonly kept: KeptFeatures;
  /** The photos' names there: of good ones, then of marked ones, in their order. */
  readonly ids: readonly string[];
  /** What they are called in the list. */
  readonly names: readonly string[];
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface LearntModel {
  /** An .onnx file. */
  readonly model: Blob;
  readonly figures: TeachFigures;
  readonly falseAlarmShare?: number;
  readonly doubts: readonly LessonDoubt[];
}

/** Learns a lesson: `teach` of the package, or what stands for it in tests. @throws {InspectorError} */
export type Teacher = (lesson: LessonToLearn, options: LearnOptions) => Promise<LearntModel>;
