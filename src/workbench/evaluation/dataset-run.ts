import { InspectorError, type ErrorData } from '../../core/errors.js';
import { keptOf } from '../../core/evaluation/photo.js';
import type { ModelInfo } from '../../core/types.js';
import { DatasetError, type DatasetMessage } from '../../datasets/errors.js';
import type { Detector } from '../../detector/types.js';
import { Batch, type RunOptions } from '../batch/batch.js';
import type { BatchEntry } from '../batch/entries.js';
import type { FoundPhoto } from './evaluator-api.js';
import type { RunFailure, RunPhase } from './state.js';

export interface DatasetRunOptions {
  /** The photos' paths. */
  readonly photos: readonly string[];
  readonly open: (signal: AbortSignal) => Promise<Detector>;
  /** Whether the detector is to be disposed of afterwards. */
  readonly isOwn: boolean;
  /** @throws {DatasetError} */
  readonly file: (photo: number) => Promise<Blob>;
  /** Takes what was found. @throws {DatasetError} when it can't be compared with the photo's outlines */
  readonly take: (found: FoundPhoto) => Promise<void>;
  /** Before the first photo. */
  readonly onModel: (model: ModelInfo) => void;
  /** After anything changed, but for the end, which `start` tells. */
  readonly onChange: () => void;
}

type Entry = BatchEntry<number, DatasetMessage | undefined>;

/**
 * Runs a dataset's photos through a detector, one after the other. What is done stays when it is cancelled; a photo
 * that fails is listed and doesn't stop the others.
 */
export class DatasetRun {
  model: ModelInfo | undefined;
  /** Why there is no model. */
  error: ErrorData | undefined;
  /** How many photos were taken. */
  found = 0;
  failures: readonly RunFailure[] = [];
  private isCancelled = false;
  private isEnded = false;
  private opening: Promise<Detector> | undefined;
  private readonly abort = new AbortController();
  private readonly batch: Batch<number, DatasetMessage | undefined, Detector>;

  constructor(private readonly options: DatasetRunOptions) {
    this.batch = new Batch<number, DatasetMessage | undefined, Detector>({
      nameOf: (photo) => options.photos[photo]!,
      lanes: (detector) => detector?.workers ?? 1,
      prepare: () => (this.opening ??= this.open()),
      run: (photo, run) => this.inspect(photo, run),
    });
  }

  get phase(): RunPhase {
    if (!this.isEnded) return this.model ? 'running' : 'loading';
    if (this.isCancelled) return 'cancelled';
    return this.error ? 'failed' : 'done';
  }

  /** Milliseconds until all photos are done, once that can be told. */
  get timeLeft(): number | undefined {
    return this.isEnded ? undefined : this.batch.timeLeft;
  }

  /** Resolves when all photos are done, failed or cancelled. */
  async start(): Promise<void> {
    this.batch.addEventListener('settled', (event) => this.note((event as CustomEvent<Entry>).detail));
    const ended = new Promise<void>((resolve) => {
      this.batch.addEventListener('change', () => {
        const { waiting, running } = this.batch.totals;
        if (waiting + running === 0) resolve();
        else this.options.onChange();
      });
    });
    this.batch.add(this.options.photos.keys());
    await ended;
    this.isEnded = true;
    if (this.options.isOwn)
      this.opening?.then(
        (detector) => detector.dispose(),
        () => undefined,
      );
  }

  cancel(): void {
    if (this.isEnded) return;
    this.isCancelled = true;
    this.abort.abort();
    this.batch.cancelAll();
  }

  private async open(): Promise<Detector> {
    try {
      const detector = await this.options.open(this.abort.signal);
      this.model = detector.model;
      this.options.onModel(detector.model);
      return detector;
    } catch (cause) {
      const error =
        cause instanceof InspectorError
          ? cause
          : new InspectorError({ code: 'worker-crashed', reason: 'model-not-started' }, { cause });
      if (!this.isCancelled) this.error = error.data;
      throw error;
    }
  }

  /** Undefined when all is well, else why the photo can't be evaluated. */
  private async inspect(
    photo: number,
    { name, signal, tool }: RunOptions<Detector>,
  ): Promise<DatasetMessage | undefined> {
    const { file, take } = this.options;
    try {
      const { image, timing, detections } = await tool.inspect(await file(photo), { name, signal });
      if (signal.aborted) return undefined;
      const { width, height } = image;
      await take({ photo, width, height, time: timing.total, detections: detections.map(keptOf) });
      this.found++;
      return undefined;
    } catch (error) {
      if (error instanceof DatasetError) return error.data;
      throw error;
    }
  }

  private note({ state, name, output, error }: Entry): void {
    const why = state === 'failed' ? error?.data : output;
    // Without a model, that is what there is to say, once.
    if (why && this.model) this.failures = [...this.failures, { path: name, why }];
  }
}
