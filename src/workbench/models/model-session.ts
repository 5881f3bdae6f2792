import { InspectorError } from '../../core/errors.js';
import type { Progress } from '../../core/types.js';
import { throwIfCancelled } from '../../detector/cancellation.js';
import type { Detector, DetectorFactory, DetectorOptions } from '../../detector/types.js';
import type { DetectorSource } from '../batch/photo-batch.js';
import type { ModelRequest } from './model-library.js';
import { LoadingProgress } from './loading-progress.js';
import { Loans, type Loan } from './loans.js';
import type { ModelState } from './model-state.js';

export interface ModelSessionOptions {
  readonly factory: () => DetectorFactory | undefined;
  /** The model that is to be used. @throws {InspectorError} when it can't be had */
  readonly request: () => Promise<ModelRequest>;
  /** What else is asked of the detector. */
  readonly options: () => Pick<DetectorOptions, 'threads' | 'timeLimit'>;
  readonly onProgress: (progress: Progress) => void;
  /** After `state` changed. */
  readonly onChange: () => void;
}

/**
 * The element's one detector: loaded when it is first needed, forgotten when it failed, replaced with the model. Where
 * the chosen model can't be had, loaded or run, the shipped one takes its place.
 */
export class ModelSession implements DetectorSource {
  state: ModelState = { kind: 'idle' };
  private loading: Promise<Detector> | undefined;
  private abort: AbortController | undefined;
  /** Why the chosen model isn't even tried. */
  private failure: InspectorError | undefined;
  private isShipped = false;
  private readonly loans = new Loans();

  constructor(private readonly owner: ModelSessionOptions) {}

  /** @throws {InspectorError} A later call tries again. */
  get(): Promise<Detector> {
    this.loading ??= this.load();
    return this.loading;
  }

  /** The detector, for work that goes on with it after another model was chosen. @throws {InspectorError} as `get` does */
  async borrow(): Promise<Loan> {
    const detector = await this.get();
    const isGone = this.state.kind !== 'ready' || this.state.detector !== detector;
    return isGone ? this.borrow() : this.loans.lend(detector);
  }

  /** Gives the detector up; the next `get` loads another. Photos that are being inspected must be cancelled before. */
  reset(): void {
    this.giveUp(undefined);
  }

  /** A model that loads and then can't be run, two workers in a row, is given up in favour of the shipped one. */
  replaceAfter(error: InspectorError, detector: Detector): boolean {
    const isCurrent = this.state.kind === 'ready' && this.state.detector === detector;
    // Nobody has cancelled the photo: it was given to a detector that was about to go.
    if (!isCurrent) return error.data.reason === 'detector-disposed';
    if (this.isShipped || !isAboutModel(error)) return false;
    const params = { name: detector.model.name, why: error.data };
    this.giveUp(
      new InspectorError({ code: error.code, reason: 'model-fails-on-photos', params }, { cause: error }),
    );
    return true;
  }

  private giveUp(failure: InspectorError | undefined): void {
    this.abort?.abort();
    this.abort = undefined;
    if (this.state.kind === 'ready') this.loans.dispose(this.state.detector);
    this.loading = undefined;
    this.failure = failure;
    this.change({ kind: 'idle' });
  }

  private async load(): Promise<Detector> {
    const abort = new AbortController();
    this.abort = abort;
    // Another model may be chosen during each of the waits, and in whatever listens to a change of the state.
    const isCurrent = () => this.abort === abort;
    const progress = new LoadingProgress();
    this.change({ kind: 'loading', progress: progress.view });
    try {
      const { detector, isShipped, fallback } = await this.open({
        ...this.owner.options(),
        // It is said which model is in use.
        fallback: true,
        workers: 'spare',
        signal: abort.signal,
        onProgress: (event) => {
          // A worker may still have something to say when the model is ready or has failed.
          if (!isCurrent() || this.state.kind !== 'loading') return;
          progress.add(event);
          this.change({ kind: 'loading', progress: progress.view });
          this.owner.onProgress(event);
        },
      });
      if (!isCurrent()) {
        detector.dispose();
        throw otherModelChosen();
      }
      this.isShipped = isShipped;
      this.change({ kind: 'ready', detector, ...(fallback && { fallback }) });
      if (!isCurrent()) throw otherModelChosen();
      return detector;
    } catch (cause) {
      // Callers that still wait get the model that was chosen in the meantime.
      if (!isCurrent() && this.loading) return this.loading;
      const error = toInspectorError(cause);
      if (isCurrent()) {
        this.loading = undefined;
        this.change({ kind: 'failed', error });
      }
      throw error;
    }
  }

  private async open(
    options: DetectorOptions,
  ): Promise<{ detector: Detector; isShipped: boolean; fallback?: Error | undefined }> {
    const factory = this.owner.factory();
    if (!factory) throw new InspectorError({ code: 'model-not-found', reason: 'no-detector-factory' });
    let { failure } = this;
    if (!failure) {
      const request = await this.owner.request().catch((error: unknown) => toInspectorError(error));
      throwIfCancelled(options.signal);
      if (request instanceof InspectorError) failure = request;
      else {
        const { hash, ...wanted } = request;
        const detector = await factory({ ...wanted, ...options });
        const { fallback } = detector;
        if (hash === undefined || fallback || detector.model.hash === hash) {
          return { detector, fallback, isShipped: wanted.model === undefined || fallback !== undefined };
        }
        detector.dispose();
        throwIfCancelled(options.signal);
        failure = new InspectorError({
          code: 'model-corrupt',
          reason: 'stored-model-changed',
          params: { name: wanted.hints?.name },
        });
      }
    }
    return { detector: await factory(options), fallback: failure, isShipped: true };
  }

  private change(state: ModelState): void {
    this.state = state;
    this.owner.onChange();
  }
}

const otherModelChosen = () => new InspectorError({ code: 'cancelled', reason: 'other-model-chosen' });

/** Whether another model may do better. */
function isAboutModel({ code, data: { reason } }: InspectorError): boolean {
  if (reason === 'photo-alone-fails') return false;
  return (
    code === 'worker-crashed' ||
    code === 'out-of-memory' ||
    reason === 'photo-took-too-long' ||
    code.startsWith('model-')
  );
}

function toInspectorError(cause: unknown): InspectorError {
  return cause instanceof InspectorError
    ? cause
    : new InspectorError({ code: 'worker-crashed', reason: 'model-not-started' }, { cause });
}
