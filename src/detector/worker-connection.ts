import { proxy, wrap } from 'comlink';
import { InspectorError } from '../core/errors.js';
import { unlessAborted } from './cancellation.js';
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
  const crash = new AbortController();
  const report = (event: Event) => {
    const text = event instanceof ErrorEvent ? event.message : '';
    crash.abort(new InspectorError({ code: 'worker-crashed', reason: 'worker-stopped', params: { text } }));
  };
  worker.addEventListener('error', report);
  worker.addEventListener('messageerror', report);
  const remote = wrap<InferenceWorkerApi>(worker);
  return {
    api: {
      start: (request, onProgress) => remote.start(request, proxy(onProgress)),
      inspect: (photo) => remote.inspect(photo),
      hash: (bytes) => remote.hash(bytes),
    },
    crashed: crash.signal,
    terminate: () => worker.terminate(),
  };
}

/** Settles as a call of the worker does, but rejects when the worker crashes, or has crashed before. */
export function unlessCrashed<T>(call: Promise<T>, { crashed }: WorkerConnection): Promise<T> {
  return unlessAborted(call, crashed, ({ reason }) => reason as InspectorError);
}

function createWorker(url: string): Worker {
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
