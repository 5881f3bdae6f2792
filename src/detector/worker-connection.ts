import { proxy, wrap } from 'comlink';
import { InspectorError } from '../core/errors.js';
import { clipped, MAX_FOREIGN_TEXT } from '../core/limits.js';
import { damaged, watchScript } from '../model/program.js';
import { unlessAborted } from './cancellation.js';
import { inspectionId } from './inspection-id.js';
import { watchLife } from './life-sign.js';
import { isOfOwnOrigin, isPolicyRefused, notTrusted, trustedScript } from './trusted-types.js';
import type { Announcement, InferenceWorkerApi } from './worker-api.js';

/** A running worker. */
export interface WorkerConnection {
  readonly api: InferenceWorkerApi;
  /**
   * Aborted when the worker ends without being told to, or never began; the reason is an InspectorError: 'worker-crashed',
   * or before it began 'assets-unavailable', 'offline' or 'timed-out'.
   */
  readonly crashed: AbortSignal;
  terminate(): void;
}

export type ConnectWorker = () => WorkerConnection;

/** How long a worker's script may take to be fetched and begin, ms. A host that has stopped answering never ends. */
const PATIENCE = 30_000;

/** @param url absolute; a worker of another origin is allowed if its server allows reading it (CORS) */
export function connectWorker(url: string): WorkerConnection {
  const { worker, crash, terminate } = launch(url);
  const remote = wrap<InferenceWorkerApi>(worker);
  const watch = new AbortController();
  return {
    api: {
      async start(request, onProgress) {
        const life = `defect-inspector ${inspectionId()}`;
        const result = await remote.start({ ...request, life }, proxy(onProgress));
        if (result.ok && result.value.holdsLife)
          watchLife(life, watch.signal, () => crash.abort(stopped('')));
        return result;
      },
      open: (photo) => remote.open(photo),
      run: (...view) => remote.run(...view),
      features: (...view) => remote.features(...view),
      turnedFeatures: (...view) => remote.turnedFeatures(...view),
      conclude: (...seen) => remote.conclude(...seen),
      close: (key) => remote.close(key),
      hash: (bytes) => remote.hash(bytes),
    },
    crashed: crash.signal,
    terminate() {
      watch.abort();
      terminate();
    },
  };
}

/**
 * A worker that says when it has begun, and for how long it may be silent then (`Announcement`).
 * @param url see `connectWorker`
 */
export function launchWorker(
  url: string,
): Pick<WorkerConnection, 'crashed' | 'terminate'> & { readonly worker: Worker } {
  const { worker, crash, terminate } = launch(url);
  return { worker, crashed: crash.signal, terminate };
}

function launch(url: string) {
  const address = workerAddress(url);
  const script = watchScript(url, address);
  const crash = new AbortController();
  let worker: Worker;
  try {
    worker = new Worker(trustedScript(address, address !== url), {
      type: 'module',
      name: 'defect-inspector',
    });
  } catch (error) {
    script.stop();
    throw error instanceof TypeError && isPolicyRefused() ? notTrusted(url, error) : error;
  }
  let isBegun = false;
  let timer: ReturnType<typeof setTimeout>;
  const allowSilence = (milliseconds: number) => {
    clearTimeout(timer);
    if (milliseconds === 0) return;
    const params = { url, seconds: milliseconds / 1000 };
    const reason = isBegun ? 'thread-not-made' : 'worker-silent';
    timer = setTimeout(
      () => crash.abort(new InspectorError({ code: 'timed-out', reason, params })),
      milliseconds,
    );
  };
  allowSilence(PATIENCE);
  worker.addEventListener('message', ({ data }: MessageEvent<Partial<Announcement> | null>) => {
    if (data?.silence === undefined) return;
    isBegun = true;
    script.stop();
    allowSilence(data.silence);
  });
  const report = (event: Event) => {
    const text = event instanceof ErrorEvent ? clipped(event.message, MAX_FOREIGN_TEXT) : '';
    if (isBegun) crash.abort(stopped(text));
    else
      script.explain(text).then(
        // It is served as it should be: then it is what the browser makes nothing of.
        () => crash.abort(damaged(url)),
        (reason: unknown) => crash.abort(reason),
      );
  };
  worker.addEventListener('error', report);
  worker.addEventListener('messageerror', report);
  return {
    worker,
    crash,
    terminate() {
      allowSilence(0);
      script.stop();
      worker.terminate();
    },
  };
}

const stopped = (text: string): InspectorError =>
  new InspectorError({ code: 'worker-crashed', reason: 'worker-stopped', params: { text } });

/** Settles as a call of the worker does, but rejects when the worker crashes, or has crashed before. */
export function unlessCrashed<T>(
  call: Promise<T>,
  { crashed }: Pick<WorkerConnection, 'crashed'>,
): Promise<T> {
  return unlessAborted(call, crashed);
}

/** Browsers refuse workers of another origin, but not one of ours that imports it. */
function workerAddress(url: string): string {
  if (isOfOwnOrigin(url)) return url;
  const source = new Blob([`import ${JSON.stringify(url)};`], { type: 'text/javascript' });
  const blobUrl = URL.createObjectURL(source);
  // Chromium fetches the script at once, others keep the blob until they have read it.
  setTimeout(() => URL.revokeObjectURL(blobUrl), 60_000);
  return blobUrl;
}
