/** Learning a person's own part, with its surroundings handed in: see `createTeacher`. */
import { InspectorError, toReason } from '../core/errors.js';
import type { LessonDoubt } from '../core/teach/check-lesson.js';
import type { TeachFigures } from '../core/teach/learnt.js';
import { lessonScale } from '../core/teach/lesson-scale.js';
import type { LessonPhoto, Mark } from '../core/teach/lesson.js';
import { MAX_CLASSES } from '../core/limits.js';
import { planViews, scaleFor } from '../core/pipeline/plan.js';
import { RegionColumns } from '../core/regions/region-sets.js';
import type { Box, InputRule, ModelClass, Progress, Region } from '../core/types.js';
import { LESSON_FEATURES } from '../model/teach-model.js';
import { cancellable, throwIfCancelled } from './cancellation.js';
import { guarded } from './guarded.js';
import { Lane } from './lane.js';
import type { Environment } from './open-detector.js';
import { toPhotoInput, type PhotoInput } from './photo-input.js';
import { spread } from './spread.js';
import { startWorker } from './start-worker.js';
import type { TeachingConnection } from './teaching-api.js';
import { TimeLimits } from './time-limit.js';
import type { ImageInput } from './types.js';
import { fromErrorData } from '../core/errors.js';
import { unlessCrashed } from './worker-connection.js';

/** What a person teaches. */
export interface Lesson {
  /** Of the model; 'taught' by default. */
  readonly name?: string;
  /** Photos without a defect. */
  readonly good: readonly ImageInput[];
  /** Photos on which all defects of the classes are marked, in photo pixels. */
  readonly marked: readonly {
    readonly image: ImageInput;
    readonly regions: readonly { readonly classId: number; readonly region: Region }[];
  }[];
  readonly classes: readonly { readonly id: number; readonly name: string; readonly color?: string }[];
}

export interface TeachOptions {
  readonly signal?: AbortSignal;
  /** While photos are described, and while what they show is learnt. */
  readonly onProgress?: (progress: Progress) => void;
  readonly assets?: string | URL;
}

export interface Taught {
  /** An .onnx file, which is a model like any other. */
  readonly model: Blob;
  readonly figures: TeachFigures;
  /** Of good photos alone: the share of good ones of which a false alarm must be expected, 0..1. */
  readonly falseAlarmShare?: number;
  /** What is doubtful about the lesson. */
  readonly doubts: readonly LessonDoubt[];
}

/** What teaching needs of the page around it. */
export interface TeachEnvironment extends Omit<Environment, 'results'> {
  readonly connectTeaching: () => TeachingConnection;
}
