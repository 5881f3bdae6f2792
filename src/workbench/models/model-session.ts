import { InspectorError } from '../../core/errors.js';
import type { Progress } from '../../core/types.js';
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
  readonly threads: () => number | undefined;
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
    if (!this.isCurrent(detector) || this.isShipped || !isAboutModel(error)) return false;
    const params = { name: detector.model.name, why: error.data };
    this.giveUp(
      new InspectorError({ code: error.code, reason: 'model-fails-on-photos', params }, { cause: error }),
    );
    return true;
  }

  private isCurrent(detector: Detector): boolean {
    return this.state.kind === 'ready' && this.state.detector === detector;
  }

  private giveUp(failure: InspectorError | undefined): void {
    this.abort?.abort();
    if (this.state.kind === 'ready') this.loans.dispose(this.state.detector);
    this.loading = undefined;
    this.failure = failure;
    this.change({ kind: 'idle' });
  }

  private async load(): Promise<Detector> {
    const abort = new AbortController();
    this.abort = abort;
    const progress = new LoadingProgress();
    this.change({ kind: 'loading', progress: progress.view });
    const threads = this.owner.threads();
    try {
      const { detector, isShipped, fallback } = await this.open({
        ...(threads && { threads }),
        workers: 'spare',
        signal: abort.signal,
        onProgress: (event) => {
          if (abort.signal.aborted) return;
          progress.add(event);
          this.change({ kind: 'loading', progress: progress.view });
          this.owner.onProgress(event);
        },
      });
      if (abort.signal.aborted) {
        detector.dispose();
        throw new InspectorError({ code: 'cancelled', reason: 'other-model-chosen' });
      }
      this.isShipped = isShipped;
      this.change({ kind: 'ready', detector, ...(fallback && { fallback }) });
      // Who heard of it may have asked for another one at once.
      if (!this.isCurrent(detector)) {
        throw new InspectorError({ code: 'cancelled', reason: 'other-model-chosen' });
      }
      return detector;
    } catch (cause) {
      // Another model was chosen in the meantime: callers that still wait get that one.
      if (abort.signal.aborted && this.loading) return this.loading;
      const error = toInspectorError(cause);
      if (!abort.signal.aborted) {
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
    if (!this.failure) {
      const request = await this.owner.request().catch((error: unknown) => toInspectorError(error));
      if (request instanceof InspectorError) this.failure = request;
      else {
        const { hash, ...wanted } = request;
        const detector = await factory({ ...wanted, ...options });
        const { fallback } = detector;
        if (hash === undefined || fallback || detector.model.hash === hash) {
          return { detector, fallback, isShipped: wanted.model === undefined || fallback !== undefined };
        }
        detector.dispose();
        this.failure = new InspectorError({
          code: 'model-corrupt',
          reason: 'stored-model-changed',
          params: { name: wanted.hints?.name },
        });
      }
    }
    return { detector: await factory(options), fallback: this.failure, isShipped: true };
  }

  private change(state: ModelState): void {
    this.state = state;
    this.owner.onChange();
  }
}

/** Whether another model may do better. */
function isAboutModel({ code }: InspectorError): boolean {
  return code === 'worker-crashed' || code === 'out-of-memory' || code.startsWith('model-');
}

function toInspectorError(cause: unknown): InspectorError {
  return cause instanceof InspectorError
    ? cause
    : new InspectorError({ code: 'worker-crashed', reason: 'model-not-started' }, { cause });
}
