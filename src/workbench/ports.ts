/** What the workbench needs of the page around it. */
import type { InspectorError } from '../core/errors.js';
import type { ClassThresholds, OwnThresholds } from '../core/recipe/recipe.js';
import type { Box, Detection, Inspection, ModelInfo, Progress, Threshold } from '../core/types.js';
import type { DetectorFactory, ImageInput } from '../detector/types.js';
import type { ConnectEvaluator } from './evaluation/connect-evaluator.js';
import type { LoadEvaluation } from './evaluation/evaluation.js';
import type { LessonPictures } from './lessons/host.js';
import type { LessonStorage } from './lessons/package.js';
import type { Teacher } from './lessons/teacher.js';
import type { LoadLessons } from './lessons/teaching.js';
import type { ModelShelf } from './models/model-library.js';
import type { Settings } from './settings/settings.js';
import type { View } from './state.js';
import type { UsageStorage } from './usage/usage-storage.js';

/** What has happened, for whoever embeds the element. */
export interface WorkbenchEvents {
  /** Photos were added. */
  readonly photo: { readonly count: number };
  /** Runtime and model are loading, or photos are being inspected. */
  readonly progress: Progress;
  /** A photo is done. */
  readonly result: Inspection;
  /** A photo failed (`name`), or the model. */
  readonly error: { readonly error: InspectorError; readonly name?: string };
  /** The model is ready. */
  readonly model: ModelInfo & { readonly fallback?: InspectorError };
  /** Another defect of the photo that is shown is selected, or none. */
  readonly select: { readonly detection?: Detection };
  readonly threshold: { readonly threshold: Threshold };
  readonly view: { readonly view: View };
}

/** What shows the photo, as far as commands move it. */
export interface ViewerPort {
  zoomIn(): void;
  zoomOut(): void;
  /** Shows all of the photo. */
  fit(): void;
  /** One pixel of the photo on one pixel of the screen. */
  actualSize(): void;
  /** The part of the photo that is in view, in its pixels; undefined where none is, or no photo is to be seen. */
  inView(): Box | undefined;
  /** Brings a defect to the middle, and close. */
  zoomTo(detection: number): void;
}

/** A person's own thresholds, by the SHA-256 of the model they are for. */
export interface ThresholdsPort {
  load(): Promise<OwnThresholds>;
  /** Beside those of the model's other classes. */
  keep(hash: string, thresholds: ClassThresholds): Promise<void>;
  /** In place of those that it had; undefined: none. What another tab has kept for other classes stays. */
  replace(
    hash: string,
    thresholds: ClassThresholds | undefined,
    former: ClassThresholds | undefined,
  ): Promise<void>;
}

export interface SettingsPort {
  load(): Promise<Settings>;
  /** Beside the other settings. */
  keep(settings: Settings): Promise<void>;
}

export interface WorkbenchPorts {
  readonly detectorFactory: () => DetectorFactory | undefined;
  readonly modelShelf: () => ModelShelf | undefined;
  /** Calls once when the browser's storage gives an answer that was overdue. */
  readonly whenStorageAnswers: (listener: () => void) => void;
  /** A name in the catalogue or an address; '' where the page asks for none. */
  readonly askedModel: () => string;
  readonly threads: () => number | undefined;
  /** Seconds, see `DetectorOptions`. */
  readonly timeLimit: () => number | undefined;
  /** What addresses are relative to. */
  readonly baseUrl: () => string;
  /** A copy of what its owner may change while it waits. */
  readonly keepInput: (input: ImageInput) => ImageInput;
  /** The same photo with so many of 16 bits a sample that count; undefined for what is no file. */
  readonly withBits: (input: ImageInput, bits: number) => Promise<ImageInput | undefined>;
  /** Opens the browser's dialog for files. */
  readonly chooseFiles: () => void;
  /** Offers a file to the visitor as a download. */
  readonly saveFile: (file: Blob, name: string) => void;
  /** Whether photos, times and errors are counted. */
  readonly countsUsage: () => boolean;
  /** Where counts are kept. */
  readonly usageStorage: UsageStorage;
  /** A person's own thresholds, kept in this browser. */
  readonly thresholds: ThresholdsPort;
  readonly settings: SettingsPort;
  /** Undefined while no photo is shown. */
  readonly viewer: () => ViewerPort | undefined;
  /** Whether a person may teach here. */
  readonly offersTeaching: () => boolean;
  /** Address of the photos of a walk-through through teaching; undefined where none is offered. */
  readonly lessonSamples: () => string | undefined;
  /** What a file of JSON holds; rejects where it can't be had. */
  readonly fetchJson: (address: string) => Promise<unknown>;
  readonly loadLessons: LoadLessons;
  readonly lessonStorage: LessonStorage;
  readonly lessonPictures: LessonPictures;
  readonly teacher: () => Teacher | undefined;
  readonly loadEvaluation: LoadEvaluation;
  /** Starts an evaluator. */
  readonly connectEvaluator: () => ConnectEvaluator | undefined;
  readonly emit: <Type extends keyof WorkbenchEvents>(type: Type, detail: WorkbenchEvents[Type]) => void;
}
