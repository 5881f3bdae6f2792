import { fromErrorData, InspectorError, type ErrorData } from '../core/errors.js';
import { clipped, MAX_FOREIGN_TEXT } from '../core/limits.js';
import type { Progress } from '../core/types.js';
import { cancellable } from './cancellation.js';
import type { StartReply, StartRequest } from './worker-api.js';
import { unlessCrashed, type ConnectWorker, type WorkerConnection } from './worker-connection.js';

export interface StartedWorker {
  readonly connection: WorkerConnection;
  readonly reply: StartReply;
}

export interface StartOptions {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts a worker; if that fails with several threads, once more with one, in a new worker because a runtime that
 * failed to start never recovers. One that was silent for too long gets a second try as it is before that.
 * @throws {InspectorError}
 */
export async function startWorker(
  connect: ConnectWorker,
  request: StartRequest,
  options: StartOptions = {},
): Promise<StartedWorker> {
  try {
    return await attempt(connect, request, options).catch((error: unknown) => {
      if (!isSilent(error)) throw error;
      return attempt(connect, request, options);
    });
  } catch (error) {
    if (request.threads > 1 && (isCrash(error) || isReason(error, 'thread-not-made')))
      return attempt(connect, { ...request, threads: 1 }, options);
    throw error;
  }
}

async function attempt(
  connect: ConnectWorker,
  request: StartRequest,
  { onProgress, signal }: StartOptions,
): Promise<StartedWorker> {
  let connection: WorkerConnection | undefined;
  try {
    connection = connect();
    const starting = connection.api.start(request, (progress) => onProgress?.(progress));
    const result = await cancellable(unlessCrashed(starting, connection), signal);
    if (!result.ok) throw fromErrorData(result.error);
    return { connection, reply: result.value };
  } catch (cause) {
    connection?.terminate();
    throw toInspectorError(cause);
  }
}

const isReason = (error: unknown, reason: ErrorData['reason']): boolean =>
  error instanceof InspectorError && error.data.reason === reason;

/** Whether a worker has said nothing for too long: before it has begun, or while the browser made it a thread. */
export const isSilent = (error: unknown): boolean =>
  isReason(error, 'worker-silent') || isReason(error, 'thread-not-made');

/** What isn't foreseen: a worker that the browser refuses to make, a message that it can't copy. */
export function toInspectorError(error: unknown): InspectorError {
  if (error instanceof InspectorError) return error;
  return new InspectorError(
    {
      code: 'worker-crashed',
      reason: 'worker-failed',
      params: { text: clipped(String(error), MAX_FOREIGN_TEXT) },
    },
    { cause: error },
  );
}

/** Whether the worker is of no further use but another one may succeed. */
export function isCrash(error: unknown): boolean {
  return (
    error instanceof InspectorError && (error.code === 'worker-crashed' || error.code === 'out-of-memory')
  );
}
