import { InspectorError } from '../core/errors.js';
import type { ModelHints } from '../core/types.js';
import { requirePermission } from '../model/download.js';
import type { ModelSource } from '../model/load.js';
import { absoluteUrl } from './absolute-url.js';
import type { Assets } from './assets.js';
import { cancellable, throwIfCancelled } from './cancellation.js';
import { PooledDetector } from './pooled-detector.js';
import type { ResultCache } from './result-cache.js';
import { spread, type Device } from './spread.js';
import { startWorker } from './start-worker.js';
import type { Detector, DetectorOptions } from './types.js';
import { urlFileName } from './url-file-name.js';
import type { ConnectWorker } from './worker-connection.js';

/** What a detector needs of the page around it. */
export interface Environment extends Device {
  readonly connect: ConnectWorker;
  readonly assets: Pick<Assets, 'runtime' | 'catalogue'>;
  readonly results: ResultCache;
}

/** `createDetector` with its surroundings handed in. @throws {InspectorError} */
export async function openDetector(options: DetectorOptions, environment: Environment): Promise<Detector> {
  const { signal } = options;
  const onProgress = options.onProgress && guarded(options.onProgress);
  const { connect, results } = environment;
  const { runtime, catalogue } = environment.assets;
  throwIfCancelled(signal);
  const { workers, threads } = spread(options, environment);
  const load = async (source: ModelSource) => {
    if (source.kind === 'url') {
      const asking = requirePermission(source.url, { what: 'model', missing: 'model-not-found' });
      await cancellable(asking, signal);
    }
    return {
      source,
      first: await startWorker(connect, { model: source, runtime, threads }, { onProgress, signal }),
    };
  };

  const wanted = toModelSource(options, catalogue);
  let fallback: InspectorError | undefined;
  const loaded = await load(wanted).catch((error: unknown) => {
    if (options.model === undefined || !isAboutModel(error)) throw error;
    fallback = error;
    return load({ kind: 'catalogue', catalogue }).catch(() => {
      throwIfCancelled(signal);
      // Without a shipped model either, it matters more why the one asked for failed.
      throw error;
    });
  });

  onProgress?.({ phase: 'ready' });
  return new PooledDetector({
    ...loaded,
    restart: (model, count, abort) =>
      startWorker(connect, { model, runtime, threads: count }, abort && { signal: abort }),
    workers,
    results,
    fallback,
  });
}

/** What a caller's listener throws is reported as an uncaught error, and stops nothing here. */
function guarded<T>(listener: (value: T) => void): (value: T) => void {
  return (value) => {
    try {
      listener(value);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  };
}

function toModelSource({ model, hints }: DetectorOptions, catalogue: string): ModelSource {
  if (model instanceof Blob) {
    const fileName = 'name' in model && typeof model.name === 'string' ? model.name : undefined;
    return { kind: 'file', file: model, ...withName(hints, fileName) };
  }
  if (model === undefined) return { kind: 'catalogue', catalogue };
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

/** Whether another model may do better. */
function isAboutModel(error: unknown): error is InspectorError {
  const isAboutProgram = ['cancelled', 'no-webassembly', 'assets-unavailable'];
  return error instanceof InspectorError && !isAboutProgram.includes(error.code);
}
