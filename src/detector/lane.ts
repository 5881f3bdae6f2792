import { fromErrorData, InspectorError } from '../core/errors.js';
import { cancellable, throwIfCancelled } from './cancellation.js';
import { isCrash } from './start-worker.js';
import type { InferenceWorkerApi, Result } from './worker-api.js';
import type { WorkerConnection } from './worker-connection.js';

/** How long a worker may go on with a cancelled call, in ms: most end sooner, and another worker takes longer to start. */
const GRACE = 1000;

/**
 * A place for one worker at a time. A worker can't be interrupted: one that doesn't soon finish a cancelled call is
 * ended, and the next call starts another one. So does a call after a crash, and the call that crashed is tried once
 * more.
 */
export class Lane {
  private worker: WorkerConnection | undefined;
  /** Settled once the worker is done with a cancelled call, or ended. */
  private cleared: Promise<void> = Promise.resolve();
  private readonly start: (signal?: AbortSignal) => Promise<WorkerConnection>;

  constructor(start: (signal?: AbortSignal) => Promise<WorkerConnection>, worker?: WorkerConnection) {
    this.start = start;
    this.worker = worker;
  }

  /** @throws {InspectorError} */
  async call<T>(work: (api: InferenceWorkerApi) => Promise<Result<T>>, signal?: AbortSignal): Promise<T> {
    try {
      return await this.attempt(work, signal);
    } catch (error) {
      if (!isCrash(error)) throw error;
      return await this.attempt(work, signal);
    }
  }

  dispose(): void {
    this.worker?.terminate();
    this.worker = undefined;
  }

  private async attempt<T>(
    work: (api: InferenceWorkerApi) => Promise<Result<T>>,
    signal?: AbortSignal,
  ): Promise<T> {
    throwIfCancelled(signal);
    await cancellable(this.cleared, signal);
    let call: Promise<Result<T>> | undefined;
    try {
      this.worker ??= await this.start(signal);
      call = Promise.race([work(this.worker.api), this.worker.crashed]);
      const result = await cancellable(call, signal);
      if (!result.ok) throw fromErrorData(result.error);
      return result.value;
    } catch (error) {
      if (signal?.aborted && call && this.worker) this.cleared = this.clear(this.worker, call);
      else if (isCrash(error)) this.dispose();
      if (error instanceof InspectorError) throw error;
      throw new InspectorError(
        { code: 'worker-crashed', reason: 'worker-failed', params: { text: String(error) } },
        { cause: error },
      );
    }
  }

  /** Waits for a cancelled call to end; ends its worker where that takes too long or has gone wrong. */
  private async clear(worker: WorkerConnection, call: Promise<Result<unknown>>): Promise<void> {
    const ended = call.then(
      (result) => result.ok || !isCrash(fromErrorData(result.error)),
      () => false,
    );
    const isUsable = await Promise.race([ended, after(GRACE).then(() => false)]);
    if (!isUsable && this.worker === worker) this.dispose();
  }
}

const after = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
