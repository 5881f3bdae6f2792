/** A workbench without a page: everything that it asks of one is noted, and answered at once. */
import type { Box } from '../../../src/core/types.js';
import type { InspectorError } from '../../../src/core/errors.js';
import type { OwnThresholds } from '../../../src/core/recipe/recipe.js';
import { withBits } from '../../../src/detector/photo/sample-bits.js';
import type { DetectorFactory, ImageInput } from '../../../src/detector/types.js';
import * as evaluationCode from '../../../src/workbench/evaluation/code.js';
import type { EvaluatorConnection } from '../../../src/workbench/evaluation/connect-evaluator.js';
import type { Opened } from '../../../src/workbench/evaluation/evaluator-api.js';
import * as lessonCode from '../../../src/workbench/lessons/code.js';
import type { LessonPictures } from '../../../src/workbench/lessons/host.js';
import type { Teacher } from '../../../src/workbench/lessons/teacher.js';
import type { ModelShelf } from '../../../src/workbench/models/model-library.js';
import type { WorkbenchEvents } from '../../../src/workbench/ports.js';
import type { Settings } from '../../../src/workbench/settings/settings.js';
import { Workbench } from '../../../src/workbench/workbench.js';
import { FakeEvaluatorConnection } from './evaluation/evaluators.js';
import { FakeDetector } from './fakes.js';
import { fakePictures, MemoryLessons } from './lessons/kept.js';

type Heard = {
  [Type in keyof WorkbenchEvents]: { type: Type; detail: WorkbenchEvents[Type] };
}[keyof WorkbenchEvents];

export interface FakePage {
  readonly bench: Workbench;
  /** What an embedder has heard. */
  readonly heard: Heard[];
  /** Names and texts of the files that were saved. */
  readonly saved: { readonly name: string; readonly file: Blob; readonly text: Promise<string> }[];
  /** What the viewer was asked, and whether files were to be chosen. */
  readonly asked: string[];
  /** Thresholds that were kept, or forgotten, in turn. */
  readonly kept: OwnThresholds[];
  /** Settings that were kept, in turn. */
  readonly chosen: Settings[];
  /** What evaluators were given to read. */
  readonly taken: Opened[];
  /** Called with each event, after it was noted. */
  onEmit: ((type: keyof WorkbenchEvents) => void) | undefined;
  readonly page: {
    /** Why nothing of earlier visits can be read, if so. */
    unread: InspectorError | undefined;
    /** The storage gives an answer that was overdue: each listener is called once. */
    answers: () => void;
    /** How often settings were to be read. */
    readings: number;
    model: string;
    threads: number | undefined;
    timeLimit: number | undefined;
    canLoadEvaluation: boolean;
    offersTeaching: boolean;
    teacher: Teacher | undefined;
    lessonStorage: MemoryLessons;
    lessonPictures: LessonPictures;
    countsUsage: boolean;
    /** Address of the walk-through's list, and what it holds; undefined: it can't be had. */
    lessonSamples: string | undefined;
    samples: unknown;
    /** The part of the photo that is in view. */
    inView: Box | undefined;
  };
}

export function fakePage(
  factory: DetectorFactory = async () => new FakeDetector(),
  {
    shelf,
    thresholds = {},
    settings = {},
    unread,
    lessonStorage = new MemoryLessons(),
  }: {
    readonly shelf?: ModelShelf;
    readonly thresholds?: OwnThresholds;
    readonly settings?: Settings;
    readonly unread?: InspectorError;
    readonly lessonStorage?: MemoryLessons;
  } = {},
): FakePage {
  const heard: Heard[] = [];
  const saved: { name: string; file: Blob; text: Promise<string> }[] = [];
  const asked: string[] = [];
  const kept: OwnThresholds[] = [];
  const chosen: Settings[] = [];
  const taken: Opened[] = [];
  const waiting = new Set<() => void>();
  const page: FakePage['page'] = {
    unread,
    answers: () => {
      const all = [...waiting];
      waiting.clear();
      for (const listener of all) listener();
    },
    readings: 0,
    model: '',
    threads: undefined,
    timeLimit: undefined,
    canLoadEvaluation: true,
    offersTeaching: true,
    teacher: undefined,
    lessonStorage,
    lessonPictures: { ...fakePictures },
    countsUsage: false,
    lessonSamples: undefined,
    samples: undefined,
    inView: undefined,
  };
  const readable = async <T>(kept: T): Promise<T> => {
    if (page.unread) throw page.unread;
    return kept;
  };
  const note = (what: string) => () => asked.push(what);
  const bench = new Workbench({
    detectorFactory: () => factory,
    modelShelf: () => shelf,
    whenStorageAnswers: (listener) => void waiting.add(listener),
    askedModel: () => page.model,
    threads: () => page.threads,
    timeLimit: () => page.timeLimit,
    baseUrl: () => 'https://page.test/',
    keepInput: (input: ImageInput) => input,
    withBits,
    chooseFiles: note('choose files'),
    countsUsage: () => page.countsUsage,
    usageStorage: { add: async (days) => ({ days }), clear: async () => undefined },
    saveFile: (file, name) => saved.push({ name, file, text: file.text() }),
    thresholds: {
      load: () => readable(thresholds),
      keep: async (hash, own) => void kept.push({ [hash]: own }),
      replace: async (hash, thresholds) => void kept.push({ [hash]: thresholds ?? {} }),
    },
    settings: {
      load: () => {
        page.readings++;
        return readable(settings);
      },
      keep: async (one) => void chosen.push(one),
    },
    viewer: () => ({
      zoomIn: note('zoom in'),
      zoomOut: note('zoom out'),
      fit: note('fit'),
      actualSize: note('actual size'),
      inView: () => page.inView,
      zoomTo: (id) => asked.push(`zoom to ${id}`),
    }),
    teacher: () => page.teacher,
    lessonStorage: page.lessonStorage,
    lessonPictures: page.lessonPictures,
    loadLessons: async () => lessonCode,
    offersTeaching: () => page.offersTeaching,
    lessonSamples: () => page.lessonSamples,
    fetchJson: async () => {
      if (page.samples === undefined) throw new TypeError('Failed to fetch');
      return page.samples;
    },
    loadEvaluation: async () => {
      if (!page.canLoadEvaluation) throw new TypeError('Failed to fetch');
      return evaluationCode;
    },
    connectEvaluator: () => () => noting(new FakeEvaluatorConnection(), taken),
    emit: (type, detail) => {
      heard.push({ type, detail } as Heard);
      fake.onEmit?.(type);
    },
  });
  const fake: FakePage = { bench, heard, saved, asked, kept, chosen, taken, page, onEmit: undefined };
  return fake;
}

function noting(connection: EvaluatorConnection, taken: Opened[]): EvaluatorConnection {
  const { api } = connection;
  const open: typeof api.open = (opened, ...rest) => {
    taken.push(opened);
    return api.open(opened, ...rest);
  };
  return Object.assign(connection, { api: { ...api, open } });
}

export const file = (name = 'part.png'): File => new File(['x'], name);

/** Lets everything happen that waits for nothing but its turn. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
