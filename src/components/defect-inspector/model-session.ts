import { InspectorError } from '../../core/errors.js';
import type { Progress } from '../../core/types.js';
import type { Detector, DetectorFactory, DetectorOptions } from '../../detector/types.js';
import { LoadingProgress } from '../shared/sentences.js';
import type { ModelState } from '../top-bar/model-state.js';

export interface ModelSessionOptions {
  readonly factory: () => DetectorFactory | undefined;
  readonly options: () => Pick<DetectorOptions, 'model' | 'threads'>;
  readonly onProgress: (progress: Progress) => void;
  /** After `state` changed. */
  readonly onChange: () => void;
}

/** The element's one detector: loaded when it is first needed, forgotten when it failed, replaced with the model. */
export class ModelSession {
  state: ModelState = { kind: 'idle' };
  private loading: Promise<Detector> | undefined;
  private abort: AbortController | undefined;

  constructor(private readonly owner: ModelSessionOptions) {}

  /** @throws {InspectorError} A later call tries again. */
  get(): Promise<Detector> {
    this.loading ??= this.load();
    return this.loading;
  }

  /** Gives the detector up; the next `get` loads another. Photos that are being inspected must be cancelled before. */
  reset(): void {
    this.abort?.abort();
    if (this.state.kind === 'ready') this.state.detector.dispose();
    this.loading = undefined;
    this.change({ kind: 'idle' });
  }

  private async load(): Promise<Detector> {
    const abort = new AbortController();
    this.abort = abort;
    const isCurrent = () => this.abort === abort && !abort.signal.aborted;
    const progress = new LoadingProgress();
    this.change({ kind: 'loading', progress: progress.view });
    try {
      const factory = this.owner.factory();
      if (!factory)
        throw new InspectorError('model-not-found', 'This element was given no detector factory.');
      const detector = await factory({
        ...this.owner.options(),
        signal: abort.signal,
        onProgress: (event) => {
          if (!isCurrent()) return;
          progress.add(event);
          this.change({ kind: 'loading', progress: progress.view });
          this.owner.onProgress(event);
        },
      });
      if (!isCurrent()) {
        detector.dispose();
        throw new InspectorError('cancelled', 'Another model was chosen meanwhile.');
      }
      this.change({ kind: 'ready', detector });
      return detector;
    } catch (cause) {
      const error =
        cause instanceof InspectorError
          ? cause
          : new InspectorError('worker-crashed', 'The model could not be started. Try again.', { cause });
      if (isCurrent()) {
        this.loading = undefined;
        this.change({ kind: 'failed', error });
      }
      throw error;
    }
  }

  private change(state: ModelState): void {
    this.state = state;
    this.owner.onChange();
  }
}
