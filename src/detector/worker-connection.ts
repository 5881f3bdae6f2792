import { proxy, wrap } from 'comlink';
import { InspectorError } from '../core/errors.js';
import { unlessAborted } from './cancellation.js';
import { inspectionId } from './inspection-id.js';
import { watchLife } from './life-sign.js';
import type { InferenceWorkerApi } from './worker-api.js';

/** A running worker. */
export interface WorkerConnection {
  readonly api: InferenceWorkerApi;
  /** Aborted when the worker ends without being told to; the reason is an InspectorError 'worker-crashed'. */
  readonly crashed: AbortSignal;
  terminate(): void;
}

export type ConnectWorker = () => WorkerConnection;

/** @param url absolute; a worker of another origin is allowed if its server allows reading it (CORS) */
export function connectWorker(url: string): WorkerConnection {
  const worker = createWorker(url);
  const remote = wrap<InferenceWorkerApi>(worker);
  const crash = crashOf(worker);
  const watch = new AbortController();
  return {
    api: {
      async start(request, onProgress) {
        const life = `defect-inspector ${inspectionId()}`;
        const result = await remote.start({ ...request, life }, proxy(onProgress));
        watchLife(life, watch.signal, () => crash.abort(stopped('')));
        return result;
      },
      inspect: (photo) => remote.inspect(photo),
      hash: (bytes) => remote.hash(bytes),
    },
    crashed: crash.signal,
    terminate: () => {
      watch.abort();
      worker.terminate();
    },
  };
}

/** Aborted when the worker ends without being told to; the reason is an InspectorError 'worker-crashed'. */
export const crashSignal = (worker: Worker): AbortSignal => crashOf(worker).signal;

function crashOf(worker: Worker): AbortController {
  const crash = new AbortController();
  const report = (event: Event) => crash.abort(stopped(event instanceof ErrorEvent ? event.message : ''));
  worker.addEventListener('error', report);
  worker.addEventListener('messageerror', report);
  return crash;
}

const stopped = (text: string): InspectorError =>
  new InspectorError({ code: 'worker-crashed', reason: 'worker-stopped', params: { text } });

/** Settles as a call of the worker does, but rejects when the worker crashes, or has crashed before. */
export function unlessCrashed<T>(
  call: Promise<T>,
  { crashed }: Pick<WorkerConnection, 'crashed'>,
): Promise<T> {
  return unlessAborted(call, crashed, ({ reason }) => reason as InspectorError);
}

/** @param url absolute; a worker of another origin is allowed if its server allows reading it (CORS) */
export function createWorker(url: string): Worker {
  const options: WorkerOptions = { type: 'module', name: 'defect-inspector' };
  if (new URL(url).origin === location.origin) return new Worker(url, options);
  // Browsers refuse workers of another origin, but not one of ours that imports it.
  const source = new Blob([`import ${JSON.stringify(url)};`], { type: 'text/javascript' });
  const blobUrl = URL.createObjectURL(source);
  try {
    return new Worker(blobUrl, options);
  } finally {
    // Chromium fetches the script before it returns here, others keep the blob until they have read it.
    setTimeout(() => URL.revokeObjectURL(blobUrl), 60_000);
  }
}
