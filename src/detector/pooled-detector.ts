import { fromErrorData, type InspectorError } from '../core/errors.js';
import type { Inspection, ModelInfo, ModelMetadata } from '../core/types.js';
import { hasNativeHash, sha256 } from '../model/hash.js';
import type { ModelSource } from '../model/load.js';
import { throwIfCancelled } from './cancellation.js';
import { inspectionId } from './inspection-id.js';
import { Lane } from './lane.js';
import { toPhotoInput, type PhotoInput } from './photo-input.js';
import { Pool } from './pool.js';
import type { CachedResult, ResultCache } from './result-cache.js';
import type { StartedWorker } from './start-worker.js';
import type { Detector, ImageInput, InspectOptions } from './types.js';
import type { PhotoData, StartReply } from './worker-api.js';

export interface PooledDetectorOptions {
  /** The worker that has loaded the model. */
  readonly first: StartedWorker;
  /** Starts another one of the same model. */
  readonly restart: (model: ModelSource, threads: number, signal?: AbortSignal) => Promise<StartedWorker>;
  /** What `first` was given. */
  readonly source: ModelSource;
  readonly workers: number;
  readonly results: ResultCache;
  readonly fallback?: InspectorError | undefined;
}

/** A model and the workers that run it. */
export class PooledDetector implements Detector {
  readonly model: ModelInfo;
  readonly workers: number;
  readonly fallback?: InspectorError;
  readonly notStored?: InspectorError;
  private readonly pool: Pool;
  private readonly results: ResultCache;
  /** All of the model that a result depends on: its file, and how it is read with the hints given. */
  private readonly modelKey: string;
  private threads: number;

  constructor({ first, restart, source, workers, results, fallback }: PooledDetectorOptions) {
    const { reply, connection } = first;
    this.model = toModelInfo(reply.hash, reply.metadata);
    this.modelKey = JSON.stringify([this.model, reply.metadata.input]);
    this.threads = reply.threads;
    this.results = results;
    this.workers = workers;
    if (fallback) this.fallback = fallback;
    if (reply.notStored) this.notStored = fromErrorData(reply.notStored);
    const known = knownSource(source, reply);
    const start = async (signal?: AbortSignal) => {
      const next = await restart(known, this.threads, signal);
      this.threads = next.reply.threads;
      return next.connection;
    };
    this.pool = new Pool(
      Array.from({ length: workers }, (_, lane) => new Lane(start, lane === 0 ? connection : undefined)),
    );
  }

  get runtime(): Inspection['runtime'] {
    return { provider: 'wasm', threads: this.threads };
  }

  async inspect(input: ImageInput, { name, bits, signal }: InspectOptions = {}): Promise<Inspection> {
    throwIfCancelled(signal);
    const photo = await toPhotoInput(input, { name, bits });
    const result = await this.pool.run((lane, running) => this.process(photo, lane, running), signal);
    return { id: inspectionId(), ...result, image: { ...result.image, name: photo.name } };
  }

  dispose(): void {
    this.pool.dispose();
  }

  private async process(photo: PhotoInput, lane: Lane, signal: AbortSignal): Promise<CachedResult> {
    const data = await photo.read(signal);
    const hash = await hashPhoto(data, lane, signal);
    // The same pixels may be of another width.
    const size = data.kind === 'pixels' ? `${data.width}x${data.height}` : `file ${data.bits ?? ''}`;
    const key = `${hash} ${size} ${this.modelKey}`;
    const cached = this.results.get(key);
    if (cached) return cached;
    const { width, height, bits, isIncomplete, ...reply } = await lane.call(
      (api) => api.inspect(data),
      signal,
    );
    const image = {
      ...{ name: photo.name, width, height, hash },
      ...(bits !== undefined && { bits }),
      ...(isIncomplete && { isIncomplete }),
    };
    const result = { image, model: this.model, runtime: this.runtime, ...reply };
    this.results.set(key, result);
    return result;
  }
}

/** From where a replaced worker gets the same model without a network and without hashing it again. */
function knownSource(source: ModelSource, { bytes, hash }: StartReply): ModelSource {
  const hints = source.kind !== 'catalogue' && source.hints;
  if (bytes) return { kind: 'bytes', bytes, hash, ...(hints && { hints }) };
  return source.kind === 'bytes' || source.kind === 'file' ? { ...source, hash } : source;
}

function toModelInfo(hash: string, { name, version, classes, domain, license }: ModelMetadata): ModelInfo {
  return { name, version, hash, classes, license, ...(domain !== undefined && { domain }) };
}

async function hashPhoto(photo: PhotoData, lane: Lane, signal: AbortSignal): Promise<string> {
  const bytes = photo.kind === 'file' ? photo.bytes : photo.data.buffer;
  if (hasNativeHash()) return sha256(bytes);
  return lane.call(async (api) => ({ ok: true, value: await api.hash(bytes) }), signal);
}
