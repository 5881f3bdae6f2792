import { fromErrorData, InspectorError } from '../core/errors.js';
import { cancellable, throwIfCancelled, unlessAborted } from './cancellation.js';
import { isCrash, toInspectorError } from './start-worker.js';
import { Timer } from './time-limit.js';
import type { InferenceWorkerApi, Result } from './worker-api.js';
import { unlessCrashed, type WorkerConnection } from './worker-connection.js';

/** How long a worker may go on with a cancelled call, in ms: most end sooner, and another worker takes longer to start. */
const GRACE = 1000;

/** What was thrown because there was no worker to do the work. */
const failedStarts = new WeakSet<InspectorError>();

/** Whether a call failed before it had a worker: its work is not to blame. */
export const isFailedStart = (error: unknown): boolean =>
  error instanceof InspectorError && failedStarts.has(error);

type Work<T> = (api: InferenceWorkerApi) => Promise<Result<T>>;

interface CallOptions {
  readonly signal?: AbortSignal;
  readonly limit?: number;
}

/**
 * A place for one worker at a time. A worker can't be interrupted: one that doesn't soon finish a cancelled call is
 * ended, and the next call starts another one. A worker that crashed is replaced as well, and the call that it crashed
 * over is tried once more.
 */
export class Lane {
  private worker: WorkerConnection | undefined;
  /** Resolves once the worker is done with a cancelled call, or ended. Never rejects. */
  private cleared: Promise<void> = Promise.resolve();
  private isDisposed = false;
  private readonly start: (signal?: AbortSignal) => Promise<WorkerConnection>;

  constructor(start: (signal?: AbortSignal) => Promise<WorkerConnection>, worker?: WorkerConnection) {
    this.start = start;
    this.worker = worker;
  }

  /**
   * @param options `limit`: milliseconds that the worker may take; one that takes longer is ended
   * @throws {InspectorError} 'timed-out' where it took longer, which isn't tried again
   */
  async call<T>(work: Work<T>, options: CallOptions = {}): Promise<T> {
    try {
      return await this.attempt(work, options);
    } catch (error) {
      if (!isCrash(error)) throw error;
      return await this.attempt(work, options);
    }
  }

  /**
   * Once more to the worker that a call was cancelled in.
   * @returns undefined where that didn't soon come to an end: another worker isn't started for it
   * @throws {InspectorError}
   */
  async finish<T>(work: Work<T>, limit: number): Promise<T | undefined> {
    if (!this.isDisposed) await this.cleared;
    return this.worker && this.attempt(work, { limit });
  }

  /** Ends the worker, whose memory is needed elsewhere; the next call starts another one. */
  endWorker(): void {
    this.worker?.terminate();
    this.worker = undefined;
  }

  /** Ends the worker; there won't be another one. */
  dispose(): void {
    this.isDisposed = true;
    this.endWorker();
  }

  private async attempt<T>(work: Work<T>, { signal, limit = Infinity }: CallOptions): Promise<T> {
    throwIfCancelled(signal);
    await cancellable(this.cleared, signal);
    const worker = await this.ready(signal);
    const call = unlessCrashed(work(worker.api), worker);
    const timer = new Timer();
    timer.start(limit, 'photo-took-too-long');
    try {
      const inTime = unlessAborted(call, timer.signal);
      const result = await cancellable(inTime, signal);
      if (!result.ok) throw fromErrorData(result.error);
      return result.value;
    } catch (cause) {
      const error = toInspectorError(cause);
      if (signal?.aborted) this.cleared = this.clear(worker, call);
      else if (isCrash(error) || timer.signal.aborted) this.endWorker();
      throw error;
    } finally {
      timer.stop();
    }
  }

  private async ready(signal?: AbortSignal): Promise<WorkerConnection> {
    if (this.worker) return this.worker;
    const worker = await this.start(signal).catch((cause: unknown) => {
      const error = toInspectorError(cause);
      failedStarts.add(error);
      throw error;
    });
    if (this.isDisposed) {
      worker.terminate();
      throw new InspectorError({ code: 'cancelled', reason: 'detector-disposed' });
    }
    this.worker = worker;
    return worker;
  }

  /** Waits for a cancelled call to end; ends its worker where that takes too long or has gone wrong. */
  private async clear(worker: WorkerConnection, call: Promise<Result<unknown>>): Promise<void> {
    const ended = call.then(
      (result) => result.ok || !isCrash(fromErrorData(result.error)),
      () => false,
    );
    const isUsable = await Promise.race([ended, after(GRACE).then(() => false)]);
    if (!isUsable && this.worker === worker) this.endWorker();
  }
}

const after = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
