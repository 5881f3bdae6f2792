import { fromErrorData, InspectorError } from '../core/errors.js';
import { cancellable, throwIfCancelled } from './cancellation.js';
import { isCrash } from './start-worker.js';
import type { InferenceWorkerApi, Result } from './worker-api.js';
import type { WorkerConnection } from './worker-connection.js';

/**
 * A place for one worker at a time. A worker can't be interrupted, so cancelling a call ends it; the next call starts
 * another one. So does a call after a crash, and the call that crashed is tried once more.
 */
export class Lane {
  private worker: WorkerConnection | undefined;
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
    try {
      this.worker ??= await this.start(signal);
      const { api, crashed } = this.worker;
      const result = await cancellable(Promise.race([work(api), crashed]), signal);
      if (!result.ok) throw fromErrorData(result.error);
      return result.value;
    } catch (error) {
      if (isCrash(error) || signal?.aborted) this.dispose();
      if (error instanceof InspectorError) throw error;
      throw new InspectorError('worker-crashed', `The background worker failed: ${String(error)}`, {
        cause: error,
      });
    }
  }
}
