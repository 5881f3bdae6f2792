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

export interface LearnOptions {
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
