import type { LitElement } from 'lit';
import { whenAnswered } from '../../model/database.js';
import { download } from '../../model/download.js';
import { withBits } from '../../detector/photo/sample-bits.js';
import { keepSettings, loadSettings } from '../../workbench/settings/kept-settings.js';
import { lessonStorage } from '../../workbench/lessons/lesson-storage.js';
import type { WorkbenchPorts } from '../../workbench/ports.js';
import {
  keepOwnThresholds,
  loadOwnThresholds,
  replaceOwnThresholds,
} from '../../workbench/settings/own-thresholds.js';
import { usageStorage } from '../../workbench/usage/usage-storage.js';
import { photoFiles } from '../shared/photo-files.js';
import { saveFile } from '../shared/save-file.js';
import '../viewer/viewer.js';
import { keepInput } from './keep-input.js';
import type { ProgramParts } from './program-parts.js';

/** The element, as far as the workbench asks it. */
interface PageHost extends LitElement {
  readonly model: string;
  readonly threads: number | undefined;
  readonly timeLimit: number | undefined;
  readonly countsUsage: boolean;
  readonly teaching: 'on' | 'off';
  readonly lessonSamples: string | undefined;
}

/** Reading it throws where storage is denied. */
const oldStorage = () => localStorage;

/** What the workbench needs of a page that an element is in. */
export function pagePorts(
  host: PageHost,
  parts: ProgramParts,
): Omit<WorkbenchPorts, 'detectorFactory' | 'connectEvaluator' | 'modelShelf' | 'teacher' | 'emit'> {
  return {
    whenStorageAnswers: whenAnswered,
    askedModel: () => host.model,
    threads: () => host.threads,
    timeLimit: () => host.timeLimit,
    baseUrl: () => document.baseURI,
    keepInput,
    withBits,
    chooseFiles: () => host.shadowRoot?.querySelector<HTMLElement>('.files')?.click(),
    saveFile,
    countsUsage: () => host.countsUsage,
    usageStorage: usageStorage(oldStorage),
    thresholds: {
      load: () => loadOwnThresholds(oldStorage),
      keep: keepOwnThresholds,
      replace: replaceOwnThresholds,
    },
    settings: { load: loadSettings, keep: keepSettings },
    viewer: () => host.shadowRoot?.querySelector('defect-viewer') ?? undefined,
    offersTeaching: () => host.teaching !== 'off',
    lessonSamples: () =>
      host.lessonSamples ? new URL(host.lessonSamples, document.baseURI).href : undefined,
    fetchJson: async (address) =>
      JSON.parse(
        new TextDecoder().decode(await download(address, { what: 'samples', missing: 'offline' })),
      ) as unknown,
    loadLessons: () => parts.fetch(() => import('../lesson/lesson.js')),
    lessonStorage,
    lessonPictures: photoFiles,
    loadEvaluation: () => parts.fetch(() => import('../evaluation/evaluation.js')),
  };
}
