import type { Container } from '../../datasets/types.js';
import type { Look } from '../../detector/look.js';
import type { Derived } from '../derived.js';
import type { PhotoBatch, PhotoEntry } from '../batch/photo-batch.js';
import type { Evaluation } from '../evaluation/evaluation.js';
import type { Edit, History } from '../history.js';
import type { Teaching } from '../lessons/teaching.js';
import type { LessonWalk } from '../lessons/walk.js';
import type { ModelLibrary } from '../models/model-library.js';
import type { WorkbenchPorts } from '../ports.js';
import type { WorkbenchState } from '../state.js';
import type { Store } from '../store.js';
import type { UsageStore } from '../usage/usage-store.js';
import type { CommandId, Commands } from './commands.js';

/** What commands work on. */
export interface Bench {
  readonly store: Store<WorkbenchState>;
  readonly derived: Derived;
  readonly photos: PhotoBatch;
  readonly library: ModelLibrary;
  readonly history: History;
  readonly usage: UsageStore;
  readonly ports: WorkbenchPorts;
  /** Loads the chosen model anew. What is being inspected starts again; what was found stays. */
  reloadModel(): void;
  /**
   * Looks at photos in another way from now on, and again at the one that is shown where that changes it.
   * @param id of a photo that has no way of its own any more, but for its area
   */
  changeLook(look: WorkbenchState['look'], id?: number): void;
  /** Inspects a photo again, in a way of its own. */
  inspectAs(id: number, look: Partial<Look>): void;
  /** Reads again what earlier visits have kept. */
  readAgain(): void;
  readonly teaching: Teaching;
  /** Undefined until somebody has first been led through a lesson. */
  readonly walk: LessonWalk | undefined;
  startWalk(): Promise<void>;
  readonly evaluation: Evaluation;
  openEvaluation(): Promise<unknown>;
  /** Opens the evaluation and reads annotated photos, or a ZIP of them. */
  evaluate(source: Container | File): Promise<void>;
  /** Makes nothing of what was dropped and is still being looked through. */
  stopLooking(): void;
  /** Notes that the results of these photos are in a file. */
  noteExported(photos: readonly PhotoEntry[]): void;
  /** Notes that what the evaluation has found so far is in a file. */
  noteReported(): void;
  /** Notes what somebody has just done and may take back. */
  note(edit: Edit): void;
  /** Saves one thing after the other, in the order in which it was asked for. */
  save(work: () => Promise<void>): void;
  /** Announces the error of a promise that nobody awaits. */
  watch(work: Promise<unknown>): void;
}

export interface Command<Args> {
  run(bench: Bench, args: Args): void;
  /** Whether it has anything to work on. Absent: always. */
  isEnabled?(bench: Bench, args: Args): boolean;
}

export type CommandTable<Id extends CommandId = CommandId> = { readonly [K in Id]: Command<Commands[K]> };

/** Keys and buttons about a photo do nothing where there is none. */
export const hasPhotos = ({ photos }: Bench): boolean => photos.totals.total > 0;
