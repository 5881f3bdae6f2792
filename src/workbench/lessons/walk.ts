import { InspectorError } from '../../core/errors.js';
import type { PhotoBatch, PhotoEntry } from '../batch/photo-batch.js';
import type { ArgsOf, CommandId } from '../commands/commands.js';
import type { ModelChoice } from '../models/model-library.js';
import type { WorkbenchState } from '../state.js';
import type { Store } from '../store.js';
import { addClass, newLesson, type Lesson } from './lesson.js';
import { learntOf, type Learnt, type TeachingState } from './state.js';
import { parseSamples, type WalkSamples } from './walk-samples.js';
import {
  isStepDone,
  stepsOf,
  unsureOf,
  type WalkPhoto,
  type WalkState,
  type WalkStep,
} from './walk-steps.js';

/** What a walk-through needs of the workbench. */
export interface WalkHost {
  readonly store: Store<WorkbenchState>;
  readonly photos: Pick<PhotoBatch, 'entries' | 'remove' | 'putBack' | 'pause' | 'resume'>;
  /** Photos in the order in which they are listed. */
  listed(): readonly { readonly id: number }[];
  /** How many defects are reported on a photo. */
  findsOn(photo: number): number;
  /** Appends photos by their addresses, and gives their ids. */
  add(addresses: readonly string[]): readonly number[];
  /** Takes photos from the list, which can be undone. */
  remove(photos: readonly number[]): void;
  show(photo: number): void;
  /** Takes a lesson in place of the one that is taught, if any. */
  open(lesson: Lesson): void;
  /** Sets the lesson that is taught to what it was. */
  put(lesson: Lesson): void;
  /** Whether photos are inspected by what was learnt. */
  isUsed(learnt: Learnt): boolean;
  use(choice: ModelChoice): void;
  fetchJson(address: string): Promise<unknown>;
  run<Id extends CommandId>(id: Id, ...args: ArgsOf<Id>): boolean;
}

/** What a walk-through has brought, and what was there before. */
interface Visit {
  /** Of its lesson. */
  readonly lesson: TeachingState['id'];
  readonly samples: readonly number[];
  readonly teaching: TeachingState | undefined;
  readonly shown: number | undefined;
  /** The way back to a lesson that was left by then. */
  readonly left: WorkbenchState['left'];
  /** Out of the list for its time. */
  photos: readonly PhotoEntry[];
  /** By which photos were inspected last, but for what was learnt of the samples. */
  choice: ModelChoice;
  readonly learnt: Set<Learnt>;
  /** Until something is learnt: what another model finds on the samples is of no use, and takes the time of learning. */
  isPaused: boolean;
}

/**
 * Leads through a lesson on sample photos: shows the photo that is spoken of, and goes on once a step is done. Photos that were there before
 * are out of the list meanwhile. Once its lesson is closed the page is as it was before.
 */
export class LessonWalk {
  private visit: Visit | undefined;

  constructor(private readonly host: WalkHost) {
    host.store.subscribe(() => this.follow());
  }

  /**
   * Brings the photos, and begins.
   * @param address of their list
   * @throws {InspectorError} 'offline' where it can't be had
   */
  async start(address: string): Promise<void> {
    const { host } = this;
    const { part, classes, photos } = await this.samples(address);
    const { visit } = this;
    if (visit) {
      host.run('lesson.close');
      this.restore(visit);
    }
    const { teaching, currentId: shown, library } = host.store.state;
    const lesson = classes.reduce((one, { name }) => addClass(one, name), newLesson(part));
    const aside = host.photos.remove(host.photos.entries.map(({ id }) => id));
    const ids = host.add(photos.map(({ file }) => new URL(file, address).href));
    host.photos.pause();
    host.open(lesson);
    this.visit = {
      ...{ lesson: host.store.state.teaching!.id, samples: ids, teaching, shown, photos: aside },
      left: host.store.state.left,
      ...{ choice: library.choice ?? { kind: 'shipped' }, learnt: new Set(), isPaused: true },
    };
    // A lesson numbers its classes itself.
    const known = new Map(classes.map(({ id }, i) => [id, lesson.classes[i]!.id]));
    const walked = photos.map((photo, i): WalkPhoto => ({
      ...photo,
      id: ids[i]!,
      marks: photo.marks.map((mark) => ({ ...mark, classId: known.get(mark.classId) ?? mark.classId })),
    }));
    this.update({ part, photos: walked, steps: stepsOf(walked), at: 0, isInspected: false, hasFound: false });
    this.enter();
  }

  /** Goes on to the next step, whatever became of this one. */
  skip(): void {
    const { walk } = this.host.store.state;
    if (!walk || walk.at + 1 >= walk.steps.length) return;
    this.update({ ...walk, at: walk.at + 1 });
    this.enter();
  }

  /** Does what the step asks for. */
  show(): void {
    const { run, store } = this.host;
    const { teaching, walk } = store.state;
    const { step } = this;
    switch (step?.kind) {
      case 'good':
        run('lesson.good', { ids: step.photos.filter((id) => !teaching?.lesson.photos.get(id)?.isGood) });
        break;
      case 'mark':
        this.mark(step.photo);
        break;
      case 'mark-more':
        for (const photo of step.photos) this.mark(photo);
        // Whoever has it done has nothing to add.
        if (this.step === step) this.skip();
        break;
      case 'learn':
      case 'learn-again':
        run('lesson.learn');
        break;
      case 'correct': {
        const unsure = walk && unsureOf(walk);
        if (unsure?.isGood) run('lesson.good', { ids: [unsure.id] });
        else if (unsure) this.mark(unsure.id);
        break;
      }
    }
  }

  /** Ends it, and brings back the photos that were there before; what was taught stays. */
  leave(): void {
    const { visit, host } = this;
    host.store.update({ walk: undefined });
    if (!visit) return;
    const { photos } = visit;
    visit.photos = [];
    host.photos.putBack(photos);
    this.resume(visit);
  }

  private async samples(address: string): Promise<WalkSamples> {
    try {
      return parseSamples(await this.host.fetchJson(address));
    } catch (cause) {
      throw new InspectorError({ code: 'offline', reason: 'lesson-samples-not-loaded' }, { cause });
    }
  }

  private get step(): WalkStep | undefined {
    const { walk } = this.host.store.state;
    return walk?.steps[walk.at];
  }

  private update(walk: WalkState): void {
    this.host.store.update({ walk });
  }

  /** Marks what there is to see on a photo. */
  private mark(photo: number): void {
    const { run, store } = this.host;
    for (const { classId, region } of store.state.walk?.photos.find(({ id }) => id === photo)?.marks ?? []) {
      run('lesson.choose-class', { id: classId });
      run('lesson.mark', { photo, region });
    }
  }

  private follow(): void {
    const { visit } = this;
    if (!visit) return;
    const { walk, teaching, currentId, photos } = this.host.store.state;
    if (teaching?.id !== visit.lesson) {
      // What closes it is not over yet.
      queueMicrotask(() => this.restore(visit));
      return;
    }
    this.noteModel(visit, teaching);
    if (!walk) return;
    const isThere = (photo: number) => photos.some(({ id }) => id === photo);
    let { at } = walk;
    while (at + 1 < walk.steps.length && isStepDone(walk.steps[at]!, teaching, walk, currentId, isThere))
      at++;
    if (at !== walk.at) {
      this.update({ ...walk, at });
      this.enter();
    } else this.look(walk, teaching, photos);
  }

  private noteModel(visit: Visit, { learning }: TeachingState): void {
    const { choice } = this.host.store.state.library;
    const last = learntOf(learning);
    if (last) {
      visit.learnt.add(last);
      this.resume(visit);
    }
    if (choice && !this.isUsed(visit)) visit.choice = choice;
  }

  private resume(visit: Visit): void {
    if (!visit.isPaused) return;
    visit.isPaused = false;
    this.host.photos.resume();
  }

  /** Whether photos are inspected by what was learnt of the samples. */
  private isUsed({ learnt }: Visit): boolean {
    return [...learnt].some((one) => this.host.isUsed(one));
  }

  /** Goes on, where that takes that all photos have been inspected by what was learnt. */
  private look(walk: WalkState, { learning, next }: TeachingState, photos: readonly PhotoEntry[]): void {
    const { run, listed, findsOn } = this.host;
    const { step } = this;
    const isInspected =
      learning.kind === 'learnt' &&
      photos.every(({ output, state }) =>
        output ? output.model.hash === learning.hash : state === 'failed' || state === 'cancelled',
      );
    if (isInspected !== walk.isInspected) {
      this.update({ ...walk, isInspected });
    } else if (step?.kind === 'correct' && walk.unsure === undefined) {
      const index = next.findIndex(({ photo }) => step.photos.includes(photo));
      if (index < 0) return;
      this.update({ ...walk, unsure: next[index]!.photo });
      run('lesson.show-next', { index });
      this.takeTool();
    } else if (step?.kind === 'look' && isInspected) {
      const tried = listed().filter(({ id }) => step.photos.includes(id) && id !== walk.unsure);
      const found = tried.find(({ id }) => findsOn(id) > 0);
      const seen = found ?? tried[0];
      this.update({ ...walk, at: walk.at + 1, hasFound: found !== undefined });
      if (seen) run('photo.show', { id: seen.id });
    }
  }

  /** Brings the photo that a step is about, and the tool for it. */
  private enter(): void {
    const { run } = this.host;
    const { step } = this;
    switch (step?.kind) {
      case 'good':
        run('lesson.tool', { tool: 'move' });
        run('photo.show', { id: step.photos[0]! });
        if (step.photos.length > 1) run('photos.select', { ids: step.photos });
        break;
      case 'mark':
        run('photo.show', { id: step.photo });
        run('lesson.choose-class', { id: step.classId });
        run('lesson.tool', { tool: 'brush' });
        break;
      case 'mark-more':
        run('photo.show', { id: step.photos[0]! });
        break;
      case 'learn':
      case 'learn-again':
        run('lesson.tool', { tool: 'move' });
        break;
    }
  }

  /** For the photo that is to be corrected. */
  private takeTool(): void {
    const { run, store } = this.host;
    const mark = store.state.walk && unsureOf(store.state.walk)?.marks[0];
    if (mark) run('lesson.choose-class', { id: mark.classId });
    run('lesson.tool', { tool: mark ? 'brush' : 'move' });
  }

  /** Its lesson is closed, or another one is taught: the page is as it was before. */
  private restore(visit: Visit): void {
    const { host } = this;
    if (this.visit !== visit) return;
    this.visit = undefined;
    const { teaching } = host.store.state;
    const isBack = teaching !== undefined && teaching.id === visit.teaching?.id;
    // Nobody wants its own lesson back.
    host.store.update({ walk: undefined, left: isBack ? undefined : visit.left });
    host.photos.putBack(visit.photos);
    this.resume(visit);
    // The lesson has come back before its photos have.
    if (isBack) host.put(visit.teaching.lesson);
    host.remove(visit.samples);
    if (host.photos.entries.some(({ id }) => id === visit.shown)) host.show(visit.shown!);
    if (this.isUsed(visit)) host.use(visit.choice);
  }
}
