import { InspectorError } from '../../core/errors.js';
import { classColor } from '../../core/colors.js';
import type { Progress } from '../../core/types.js';
import type { ImageInput } from '../../detector/types.js';
import { sha256 } from '../../model/hash.js';
import { toInspectorError } from '../to-inspector-error.js';
import type { LessonHost } from './host.js';
import { LessonKeeper } from './keeper.js';
import { LearnClock } from './learn-clock.js';
import { marksOf, type Lesson } from './lesson.js';
import { sizesOf } from './pack.js';
import { proposeNext } from './propose-next.js';
import { learntOf, type LearnPhase, type Learnt, type TeachingState } from './state.js';
import { linesOf } from './taught-file.js';
import type { LearnOptions, LearntModel, LessonToLearn } from './teacher.js';
import type { OpenLesson } from './open-lesson.js';

/** What takes no longer than this, seconds, is learnt anew after every change. */
const QUICK = 5;
/** Milliseconds without a change until it is: strokes follow one another. */
const PAUSE = 700;

/** Learns the lesson that is taught, and says what to mark next. */
export class LessonSession {
  private abort: AbortController | undefined;
  private isBackground = false;
  readonly keeper: LessonKeeper;
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly teaching: OpenLesson,
    private readonly host: LessonHost,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.keeper = new LessonKeeper(teaching, host);
  }

  /**
   * Learns a lesson, unless another one is taught by now, and inspects all photos by what was learnt. Where that fails, or is cancelled,
   * what was learnt before stays in use.
   * @param state as it was when that was asked for
   */
  async learn(state: TeachingState, { isBackground = false } = {}): Promise<void> {
    const teacher = this.host.teacher();
    if (this.teaching.state?.id !== state.id || !teacher) return;
    this.cancel();
    const chosen = this.host.choices();
    const abort = new AbortController();
    this.abort = abort;
    this.isBackground = isBackground;
    const { lesson } = state;
    const former = learntOf(this.teaching.state.learning);
    const clock = new LearnClock(this.now);
    const show = (phase: LearnPhase, done: number, total: number) => {
      if (abort.signal.aborted) return;
      const progress = { phase, done, total, timeLeft: clock.left(phase, done, total) };
      this.teaching.change({ learning: { kind: 'learning', progress, ...(former && { former }) } });
    };
    this.teaching.change({ unused: undefined });
    show('starting', 0, 1);
    const began = this.now();
    try {
      this.dropFeatures(state);
      const { given, ...listed } = this.toLearn(state);
      const taught = await teacher(given, {
        ...{ kept: state.features, ...listed, signal: abort.signal },
        onProgress: (progress) => show(...stageOf(progress)),
      });
      const learnt = await this.learntFrom(taught, lesson, (this.now() - began) / 1000);
      if (!abort.signal.aborted) this.take(learnt, chosen);
    } catch (cause) {
      if (!abort.signal.aborted) this.fail(toInspectorError(cause), former);
    }
  }

  /** Stops learning. */
  cancel(): void {
    clearTimeout(this.pause);
    const { abort } = this;
    if (!abort) return;
    this.abort = undefined;
    abort.abort();
    const { state } = this.teaching;
    if (state?.learning.kind === 'learning')
      this.teaching.change({ learning: learntOf(state.learning) ?? { kind: 'not-yet' } });
  }

  /** The lesson was changed: what is learnt in the background is out of date, and is learnt anew where that is quick. */
  edited(): void {
    if (this.abort && this.isBackground) this.cancel();
    clearTimeout(this.pause);
    // An edit that was undone may be of the time before they were there.
    this.keeper.recognise();
    const { state } = this.teaching;
    const learnt = state && learntOf(state.learning);
    if (!state?.isOutdated || !learnt || learnt.seconds >= QUICK || state.lesson.photos.size === 0) return;
    this.pause = setTimeout(() => {
      // Whoever has chosen another model meanwhile doesn't want this one back.
      if (this.abort || !this.teaching.isInUse) return;
      this.learn(state, { isBackground: true }).catch((cause: unknown) =>
        this.host.report(toInspectorError(cause)),
      );
    }, PAUSE);
  }

  /** All photos are inspected: what to mark next follows from that. */
  settled(): void {
    this.keeper.recognise();
    const { state } = this.teaching;
    const learnt = state && learntOf(state.learning);
    if (!state || !learnt) return;
    this.teaching.change({ next: proposeNext(this.host.photos.entries, state.lesson, learnt) });
  }

  /** @param chosen how often a model had been chosen when it began */
  private take(learnt: Learnt, chosen: number): void {
    this.abort = undefined;
    const { state, isInUse } = this.teaching;
    if (!state) return;
    this.teaching.change({ learning: learnt, next: [] });
    this.teaching.change({ sizes: sizesOf({ ...state, learning: learnt }, this.host) });
    // What was changed while it was learnt is not in it.
    this.teaching.put(state.lesson);
    const { figures } = learnt;
    this.host.announce({ reason: 'lesson-learnt', params: figures });
    // The last choice counts: whoever has chosen another model meanwhile keeps that one.
    if (isInUse || (!this.isBackground && this.host.choices() === chosen))
      this.host.use(learnt, state.lesson.name);
    // Nobody has asked for what is learnt in the background.
    else if (!this.isBackground) this.teaching.change({ unused: { name: state.lesson.name } });
  }

  private fail(error: InspectorError, former: Learnt | undefined): void {
    this.abort = undefined;
    if (error.code === 'cancelled') {
      this.teaching.change({ learning: former ?? { kind: 'not-yet' } });
      return;
    }
    this.teaching.change({ learning: { kind: 'failed', error, ...(former && { former }) } });
    this.host.announce({ reason: 'error', params: { error: error.data } });
  }

  private async learntFrom(taught: LearntModel, lesson: Lesson, seconds: number): Promise<Learnt> {
    const { model, figures, falseAlarmShare, doubts } = taught;
    const bytes = await model.arrayBuffer();
    const [hash, lines] = [await sha256(bytes), linesOf(bytes)];
    const file = new File([model], `${lesson.name}.onnx`);
    return {
      ...{ kind: 'learnt', figures, doubts, seconds, model: file, hash, lines, lesson },
      ...(falseAlarmShare !== undefined && { falseAlarmShare }),
    };
  }

  /** What is known of photos that are in the lesson no more, and could be had again. */
  private dropFeatures({ features, lesson }: TeachingState): void {
    for (const id of features.photos.keys())
      if (Number(id) > 0 && !lesson.photos.has(Number(id))) features.photos.delete(id);
  }

  /** Classes have the colours that their marks are drawn in, whichever of them are learnt. */
  private toLearn({ lesson, absent }: TeachingState): Pick<LearnOptions, 'ids' | 'names'> & {
    readonly given: LessonToLearn;
  } {
    const good = new Map<string, ImageInput>();
    const marked = new Map<string, LessonToLearn['marked'][number]>();
    for (const [id, { isGood }] of lesson.photos) {
      const image = this.host.photos.get(id)?.input ?? new File([], absent.get(id)?.name ?? '');
      if (isGood) good.set(String(id), image);
      else marked.set(String(id), { image, regions: marksOf(lesson, id) });
    }
    const classes = lesson.classes.map(({ id, name }) => ({
      ...{ id, name },
      color: classColor(lesson.classes, id),
    }));
    const ids = [...good.keys(), ...marked.keys()];
    const nameOf = (id: number) => this.host.photos.get(id)?.name ?? absent.get(id)?.name ?? '';
    return {
      ...{ ids, names: ids.map((id) => nameOf(Number(id))) },
      given: { name: lesson.name, good: [...good.values()], marked: [...marked.values()], classes },
    };
  }
}

/** Half of the work is describing photos, if they are to be described at all. */
function stageOf(progress: Progress): [phase: LearnPhase, done: number, total: number] {
  if (progress.phase !== 'inspecting') return ['starting', 0, 1];
  const { done, total } = progress;
  const half = Math.ceil(total / 2);
  return done < half ? ['describing', done, half] : ['learning', done - half, Math.max(1, total - half)];
}
