import { InspectorError } from '../../core/errors.js';
import type { ArgsOf, CommandId } from '../commands/commands.js';
import type { WorkbenchState } from '../state.js';
import type { Store } from '../store.js';
import { addClass, newLesson, type Lesson } from './lesson.js';
import type { TeachingState } from './state.js';
import { parseSamples, type WalkSamples } from './walk-samples.js';
import { isStepDone, stepsOf, type WalkPhoto, type WalkStep } from './walk-steps.js';

/** What a walk-through needs of the workbench. */
export interface WalkHost {
  readonly store: Store<WorkbenchState>;
  /** Photos in the order in which they are listed. */
  listed(): readonly { readonly id: number }[];
  /** Appends photos by their addresses, and gives their ids. */
  add(addresses: readonly string[]): readonly number[];
  /** Takes a lesson in place of the one that is taught, if any. */
  open(lesson: Lesson): void;
  fetchJson(address: string): Promise<unknown>;
  run<Id extends CommandId>(id: Id, ...args: ArgsOf<Id>): boolean;
}

/** Leads through a lesson on sample photos: shows the photo that is spoken of, and goes on once a step is done. */
export class LessonWalk {
  /** Those of its lesson, which are the same object as long as that is taught. */
  private features: TeachingState['features'] | undefined;

  constructor(private readonly host: WalkHost) {
    host.store.subscribe(() => this.follow());
  }

  /**
   * Brings the photos, and begins.
   * @param address of their list
   * @throws {InspectorError} 'offline' where it can't be had
   */
  async start(address: string): Promise<void> {
    const { part, classes, photos } = await this.samples(address);
    const ids = this.host.add(photos.map(({ file }) => new URL(file, address).href));
    const lesson = classes.reduce((one, { name }) => addClass(one, name), newLesson(part));
    this.host.open(lesson);
    this.features = this.host.store.state.teaching?.features;
    // A lesson numbers its classes itself.
    const known = new Map(classes.map(({ id }, i) => [id, lesson.classes[i]!.id]));
    const walked = photos.map((photo, i): WalkPhoto => ({
      ...photo,
      id: ids[i]!,
      marks: photo.marks.map((mark) => ({ ...mark, classId: known.get(mark.classId) ?? mark.classId })),
    }));
    this.host.store.update({ walk: { part, photos: walked, steps: stepsOf(walked), at: 0 } });
    this.enter();
  }

  /** Goes on to the next step, whatever became of this one. */
  skip(): void {
    const { walk } = this.host.store.state;
    if (!walk || walk.at + 1 >= walk.steps.length) return;
    this.host.store.update({ walk: { ...walk, at: walk.at + 1 } });
    this.enter();
  }

  /** Does what the step asks for. */
  show(): void {
    const { run, store, listed } = this.host;
    const { teaching, walk } = store.state;
    const { step } = this;
    switch (step?.kind) {
      case 'good':
        run('lesson.good', { ids: step.photos.filter((id) => !teaching?.lesson.photos.get(id)?.isGood) });
        break;
      case 'mark':
        for (const { classId, region } of walk?.photos.find(({ id }) => id === step.photo)?.marks ?? []) {
          run('lesson.choose-class', { id: classId });
          run('lesson.mark', { photo: step.photo, region });
        }
        break;
      case 'learn':
        run('lesson.learn');
        break;
      case 'look': {
        const worst = listed().find(({ id }) => step.photos.includes(id));
        if (worst) run('photo.show', { id: worst.id });
        break;
      }
    }
  }

  /** Ends it; what was taught stays. */
  leave(): void {
    this.host.store.update({ walk: undefined });
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

  private follow(): void {
    const { walk, teaching, currentId, photos } = this.host.store.state;
    if (!walk) return;
    if (!teaching || teaching.features !== this.features) {
      this.leave();
      return;
    }
    const isThere = (photo: number) => photos.some(({ id }) => id === photo);
    let { at } = walk;
    while (at + 1 < walk.steps.length && isStepDone(walk.steps[at]!, teaching, currentId, isThere)) at++;
    if (at === walk.at) return;
    this.host.store.update({ walk: { ...walk, at } });
    this.enter();
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
      case 'learn':
        run('lesson.tool', { tool: 'move' });
        break;
    }
  }
}
