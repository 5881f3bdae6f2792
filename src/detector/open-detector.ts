import { InspectorError } from '../core/errors.js';
import type { ModelHints, Progress } from '../core/types.js';
import { requirePermission } from '../model/download.js';
import type { ModelSource } from '../model/load.js';
import { absoluteUrl } from './absolute-url.js';
import type { Assets } from './assets.js';
import { cancellable, throwIfCancelled } from './cancellation.js';
import { guarded } from './guarded.js';
import { PooledDetector } from './pooled-detector.js';
import type { ResultCache } from './result-cache.js';
import { spread, type Device } from './spread.js';
import { isSilent, startWorker, type StartedWorker, type StartOptions } from './start-worker.js';
import { TimeLimits, Timer } from './time-limit.js';
import type { DetectorOptions, EstimatingDetector } from './types.js';
import { urlFileName } from './url-file-name.js';
import type { StartRequest } from './worker-api.js';
import type { ConnectWorker } from './worker-connection.js';

/** What a detector needs of the page around it. */
export interface Environment extends Device {
  readonly connect: ConnectWorker;
  readonly assets: Pick<Assets, 'runtime' | 'catalogue'>;
  readonly results: ResultCache;
  /** See `measureSlowness`. */
  readonly slowness: () => number;
}

/** `createDetector` with its surroundings handed in. @throws {InspectorError} */
export async function openDetector(
  options: DetectorOptions,
  environment: Environment,
): Promise<EstimatingDetector> {
  const { model, hints, signal } = options;
  let isOpen = true;
  const report = guarded<Progress>((progress) => {
    // A worker that has been given up may still have something to say.
    if (isOpen) options.onProgress?.(progress);
  });
  const { runtime, catalogue } = environment.assets;
  const { workers, threads } = spread(options, environment);
  const limits = new TimeLimits(options.timeLimit, environment.slowness);
  const start = (source: ModelSource, count: number, listening: StartOptions) =>
    startInTime(environment.connect, { model: source, runtime, threads: count }, limits, listening);

  const load = async (source: ModelSource) => {
    if (source.kind === 'url') {
      const asking = requirePermission(source.url, { what: 'model', missing: 'model-not-found', signal });
      await cancellable(asking, signal);
    }
    return { source, first: await start(source, threads, { onProgress: report, signal }) };
  };
  type Loaded = Awaited<ReturnType<typeof load>>;
  let fallback: InspectorError | undefined;
  /** The model, or the next one where it fails and that may do better; what failed first matters most. */
  const attempt = async (
    source: () => ModelSource,
    goesOn?: (error: unknown) => error is InspectorError,
    next?: () => Promise<Loaded>,
  ): Promise<Loaded> => {
    try {
      throwIfCancelled(signal);
      return await load(source());
    } catch (error) {
      throwIfCancelled(signal);
      if (!next || !goesOn?.(error)) throw fallback ?? error;
      fallback ??= error;
      return next();
    }
  };
  const former = () => attempt(() => ({ kind: 'catalogue', catalogue, isFormer: true }));
  const shipped = () => attempt(() => ({ kind: 'catalogue', catalogue }), isUnreadable, former);
  try {
    const loaded = await (model === undefined
      ? shipped()
      : attempt(
          () => toModelSource(model, hints, catalogue),
          isNotAboutProgram,
          options.fallback ? shipped : undefined,
        ));
    report({ phase: 'ready' });
    return new PooledDetector({
      ...loaded,
      restart: (source, count, abort) => start(source, count, { signal: abort }),
      ...{ workers, limits, fallback },
      results: environment.results,
    });
  } finally {
    isOpen = false;
  }
}

/** Waits for what is fetched as long as that takes, but for the start itself only as long as the limits allow. */
async function startInTime(
  connect: ConnectWorker,
  request: StartRequest,
  limits: TimeLimits,
  { onProgress, signal }: StartOptions,
): Promise<StartedWorker> {
  if (request.model.kind === 'file') limits.learnSize(request.model.file.size);
  const timer = new Timer();
  const listen = (progress: Progress) => {
    if (progress.phase === 'model') limits.learnSize(progress.total);
    if (progress.phase === 'starting') timer.start(limits.start, 'start-took-too-long');
    // A second worker fetches again.
    else timer.stop();
    onProgress?.(progress);
  };
  throwIfCancelled(signal);
  const end = new AbortController();
  const cancel = () => end.abort();
  signal?.addEventListener('abort', cancel);
  timer.signal.addEventListener('abort', cancel);
  try {
    return await startWorker(connect, request, { onProgress: listen, signal: end.signal });
  } catch (error) {
    throwIfCancelled(signal);
    throw timer.signal.aborted ? timer.signal.reason : error;
  } finally {
    timer.stop();
    signal?.removeEventListener('abort', cancel);
  }
}

function toModelSource(
  model: string | URL | Blob,
  hints: ModelHints | undefined,
  catalogue: string,
): ModelSource {
  if (model instanceof Blob) {
    const fileName = 'name' in model && typeof model.name === 'string' ? model.name : undefined;
    return { kind: 'file', file: model, ...withName(hints, fileName) };
  }
  // A name in the catalogue has neither slashes nor the extension.
  if (typeof model === 'string' && !/[/:]|\.onnx$/i.test(model)) {
    return { kind: 'catalogue', catalogue, name: model };
  }
  const url = absoluteUrl(model, 'model-not-found');
  return { kind: 'url', url, ...withName(hints, urlFileName(url)) };
}

/** A model that doesn't say its name is called like its file. */
function withName(hints: ModelHints | undefined, fileName: string | undefined): { hints?: ModelHints } {
  const name = hints?.name ?? fileName?.replace(/\.onnx$/i, '');
  return name ? { hints: { ...hints, name } } : hints ? { hints } : {};
}

/** Whether the shipped model of an earlier visit may do better than the present one. */
function isUnreadable(error: unknown): error is InspectorError {
  return (
    error instanceof InspectorError &&
    (error.code === 'model-unsupported' ||
      error.code === 'model-corrupt' ||
      error.data.reason === 'start-took-too-long')
  );
}

/** Whether another model may do better: none does where the program itself is at fault. */
function isNotAboutProgram(error: unknown): error is InspectorError {
  const isAboutProgram = ['cancelled', 'no-webassembly', 'assets-unavailable'];
  return error instanceof InspectorError && !isAboutProgram.includes(error.code) && !isSilent(error);
}
