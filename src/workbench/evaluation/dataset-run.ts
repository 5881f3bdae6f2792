import { InspectorError, type ErrorData } from '../../core/errors.js';
import { keptOf } from '../../core/evaluation/photo.js';
import type { RunDetail } from './run-detail.js';
import { isInPart } from '../../core/in-part.js';
import type { ModelInfo } from '../../core/types.js';
import { DatasetError, datasetMessage, isFinal, type DatasetMessage } from '../../datasets/errors.js';
import type { Detector } from '../../detector/types.js';
import { Batch, type RunOptions } from '../batch/batch.js';
import type { BatchEntry } from '../batch/entries.js';
import type { Loan } from '../models/loans.js';
import { remember } from '../store.js';
import type { FoundPhoto } from './evaluator-api.js';
import type { RunFailure, RunPhase } from './state.js';

export interface DatasetRunOptions {
  /** The photos' paths. */
  readonly photos: readonly string[];
  /** How thoroughly they are looked at; fast by default, as thresholds and figures of models are. */
  readonly detail?: RunDetail;
  /** Gives the detector for as long as there is something to do. */
  readonly borrow: (signal: AbortSignal) => Promise<Loan>;
  /** @throws {DatasetError} */
  readonly file: (photo: number) => Promise<Blob>;
  /** Takes what was found. @throws {DatasetError} when it can't be compared with the photo's outlines */
  readonly take: (found: FoundPhoto) => Promise<void>;
  /** Before the first photo. */
  readonly onModel: (model: ModelInfo) => void;
  /** After anything changed. */
  readonly onChange: () => void;
}

/** A photo's place; nothing where it was evaluated, else why it can't be. */
type Entry = BatchEntry<number, DatasetMessage | undefined>;

/** Whether a photo that was refused may be taken another time. */
const isWorthATry = ({ output }: Pick<Entry, 'output'>): boolean => output !== undefined && !isFinal(output);

/**
 * Runs a dataset's photos through a detector. What is done stays when it is cancelled; a photo that fails is listed and
 * doesn't stop the others.
 */
export class DatasetRun {
  model: ModelInfo | undefined;
  /** Why there is no model, or not the same one again. */
  error: ErrorData | undefined;
  private loan: Promise<Loan> | undefined;
  private abort = new AbortController();
  private readonly batch: Batch<number, DatasetMessage | undefined, Detector>;

  constructor(private readonly options: DatasetRunOptions) {
    this.batch = new Batch<number, DatasetMessage | undefined, Detector>({
      nameOf: (photo) => options.photos[photo]!,
      lanes: (detector) => detector?.workers ?? 1,
      prepare: async () => (await (this.loan ??= this.borrow())).detector,
      run: (photo, run) => this.inspect(photo, run),
    });
    this.batch.addEventListener('change', () => {
      if (!this.isUnderWay) this.rest();
      options.onChange();
    });
  }

  /** How thoroughly photos are looked at: from the first to the last in one way. */
  get detail(): RunDetail {
    return this.options.detail ?? 'fast';
  }

  get phase(): RunPhase {
    if (this.isUnderWay) return this.model ? 'running' : 'loading';
    if (this.batch.totals.cancelled > 0) return 'cancelled';
    return this.error ? 'failed' : 'done';
  }

  get isPaused(): boolean {
    return this.batch.isPaused;
  }

  /** How many photos were taken. */
  get found(): number {
    return this.batch.totals.done - this.refused(this.batch.entries).length;
  }

  /** How many photos `retry` runs again. */
  get left(): number {
    const { failed, cancelled } = this.batch.totals;
    return failed + cancelled + this.refused(this.batch.entries).filter(isWorthATry).length;
  }

  get failures(): readonly RunFailure[] {
    // Without a model, that is what there is to say, once.
    return this.model ? this.failuresOf(this.batch.entries) : [];
  }

  /** Milliseconds until all photos are done, once that can be told. */
  get timeLeft(): number | undefined {
    return this.isUnderWay && !this.isPaused ? this.batch.timeLeft : undefined;
  }

  /** Resolves when all photos are done, failed or cancelled. */
  start(): Promise<void> {
    this.batch.add(this.options.photos.keys());
    return this.ended();
  }

  /** Runs what failed or was cancelled again, with the same model. Resolves as `start` does. */
  retry(): Promise<void> {
    if (this.left === 0) return Promise.resolve();
    this.error = undefined;
    this.abort = new AbortController();
    // A detector that was still on its way when everything was cancelled is given back when it comes.
    this.batch.restart();
    const again = this.batch.entries.filter(
      (entry) => entry.state === 'failed' || entry.state === 'cancelled' || isWorthATry(entry),
    );
    this.batch.retry(again.map(({ id }) => id));
    return this.ended();
  }

  pause(): void {
    if (this.isUnderWay) this.batch.pause();
  }

  resume(): void {
    this.batch.resume();
  }

  cancel(): void {
    if (!this.isUnderWay) return;
    this.abort.abort();
    this.batch.cancelAll();
  }

  private get isUnderWay(): boolean {
    const { waiting, running } = this.batch.totals;
    return waiting + running > 0;
  }

  private ended(): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (this.isUnderWay) return;
        this.batch.removeEventListener('change', check);
        resolve();
      };
      this.batch.addEventListener('change', check);
    });
  }

  /** Gives the detector back: there is nothing to do. */
  private rest(): void {
    this.batch.resume();
    this.loan?.then(
      (loan) => loan.giveBack(),
      () => undefined,
    );
    this.loan = undefined;
  }

  private async borrow(): Promise<Loan> {
    const { signal } = this.abort;
    try {
      const loan = await this.options.borrow(signal);
      const { model } = loan.detector;
      if (!this.model) {
        this.model = model;
        this.options.onModel(model);
      } else if (model.hash !== this.model.hash) {
        // Figures are of one model.
        loan.giveBack();
        const params = { name: this.model.name };
        throw new InspectorError({ code: 'model-not-found', reason: 'evaluated-model-gone', params });
      }
      return loan;
    } catch (cause) {
      const error =
        cause instanceof InspectorError
          ? cause
          : new InspectorError({ code: 'worker-crashed', reason: 'model-not-started' }, { cause });
      if (!signal.aborted) this.error = error.data;
      throw error;
    }
  }

  /** Undefined when all is well, else why the photo can't be evaluated. */
  private async inspect(
    photo: number,
    { name, signal, tool }: RunOptions<Detector>,
  ): Promise<DatasetMessage | undefined> {
    const { file, take } = this.options;
    const options = { name, signal, detail: this.detail };
    try {
      const { image, input, timing, detections } = await tool.inspect(await file(photo), options);
      if (signal.aborted) return undefined;
      // A defect that lies in the missing part would count as one that the model has missed.
      if (image.isIncomplete) return datasetMessage({ reason: 'photo-incomplete' });
      // Figures are of photos that were looked at in one way.
      if (isInPart({ input }) || input.limitedBy === 'memory' || input.limitedBy === 'failure')
        return datasetMessage({ reason: 'photo-in-part' });
      const { width, height } = image;
      await take({ photo, width, height, time: timing.total, detections: detections.map(keptOf) });
      return undefined;
    } catch (error) {
      if (error instanceof DatasetError) return error.data;
      throw error;
    }
  }

  /** Photos that were inspected, but don't belong to their outlines, are incomplete, or couldn't be read. */
  private readonly refused = remember((entries: readonly Entry[]) =>
    entries.filter(({ state, output }) => state === 'done' && output !== undefined),
  );

  private readonly failuresOf = remember((entries: readonly Entry[]) =>
    entries.flatMap(({ state, name, output, error }): RunFailure[] => {
      const why = state === 'failed' ? error?.data : state === 'done' ? output : undefined;
      return why ? [{ path: name, why }] : [];
    }),
  );
}
