import { fromErrorData, InspectorError } from '../core/errors.js';
import { chooseLayout } from '../core/pipeline/detail.js';
import type { SeenView } from '../core/pipeline/found.js';
import type { PhotoResult } from '../core/pipeline/inspect.js';
import type { Level } from '../core/pipeline/plan.js';
import type { InputRule, Inspection, ModelInfo, ModelMetadata } from '../core/types.js';
import { hasNativeHash, sha256 } from '../model/hash.js';
import type { ModelSource } from '../model/load.js';
import { BegunPhotos } from './begun-photos.js';
import { throwIfCancelled } from './cancellation.js';
import { givenOptions } from './given-options.js';
import { guarded } from './guarded.js';
import { inspectionId } from './inspection-id.js';
import { isFailedStart, Lane } from './lane.js';
import { oneLargeAtATime } from './large-photos.js';
import { lookKey, validLook, type Look } from './look.js';
import { toPhotoInput, type PhotoInput } from './photo-input.js';
import { PhotoRun, workersFor, type PhotoRunOptions } from './photo-run.js';
import { bitsOf } from './photo/sample-bits.js';
import { Pool } from './pool.js';
import type { CachedResult, ResultCache } from './result-cache.js';
import { isCrash, type StartedWorker } from './start-worker.js';
import type { TimeLimits } from './time-limit.js';
import type { Detector, Estimate, ImageInput, InspectOptions } from './types.js';
import { ViewTimes } from './view-times.js';
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
  readonly limits: TimeLimits;
  readonly fallback?: InspectorError | undefined;
}

/** A photo of a usual size with nothing on it: a model that fails on it fails on any. */
const blankPhoto = (): PhotoData => ({
  kind: 'pixels',
  data: new Uint8ClampedArray(640 * 480 * 4).fill(128),
  width: 640,
  height: 480,
});

interface ProcessOptions extends Omit<PhotoRunOptions, 'onPartial' | 'earlier'> {
  readonly again: boolean;
  readonly onPartial: ((partial: CachedResult) => void) | undefined;
}

interface RunOptions extends PhotoRunOptions {
  /** Told what was seen until a photo was cancelled. */
  readonly onCancelled?: ((seen: readonly SeenView[]) => void) | undefined;
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
  private readonly rule: InputRule;
  private readonly limits: TimeLimits;
  private readonly times = new ViewTimes();
  private readonly begun = new BegunPhotos();
  private threads: number;
  /** Whether a photo was inspected: then the model is not to blame where another one fails. */
  private isProven = false;

  constructor({ first, restart, source, workers, results, limits, fallback }: PooledDetectorOptions) {
    const { reply, connection } = first;
    this.model = toModelInfo(reply.hash, reply.metadata);
    this.modelKey = JSON.stringify([this.model, reply.metadata.input]);
    this.rule = reply.metadata.input;
    this.threads = reply.threads;
    this.results = results;
    this.limits = limits;
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

  async inspect(input: ImageInput, given: InspectOptions = {}): Promise<Inspection> {
    const options = givenOptions(given);
    const { name, bits, again, signal, onPartial, onProgress, onTiles } = options;
    throwIfCancelled(signal);
    const photo = await toPhotoInput(input, { name, bits: bits ?? bitsOf(input) });
    const id = inspectionId();
    const named = (result: CachedResult) => ({ id, ...result, image: { ...result.image, name: photo.name } });
    const result = await this.pool.run(
      (lane, running) =>
        this.process(photo, lane, {
          ...validLook(options),
          onPartial: onPartial && guarded((result) => onPartial(named(result))),
          onProgress: onProgress && guarded(onProgress),
          onTiles: onTiles && guarded(onTiles),
          again: again ?? false,
          signal: running,
        }),
      signal,
    );
    return named(result);
  }

  estimate(
    photo: { readonly width: number; readonly height: number },
    options: Pick<InspectOptions, 'detail' | 'smallest'> = {},
  ): Estimate {
    this.pool.requireOpen();
    const look = validLook(Object(options) as InspectOptions);
    const seconds = (levels: readonly Level[]) =>
      this.times.secondsFor(levels, workersFor(photo, Math.max(1, this.pool.idleLanes)));
    const { layout, limitedBy } = chooseLayout(photo, this.rule, look, seconds);
    const time = seconds(layout.levels);
    return {
      ...{ detail: layout.detail, planned: layout.planned, scale: layout.scale },
      ...(limitedBy && { limitedBy }),
      ...(time !== undefined && { seconds: time }),
    };
  }

  dispose(): void {
    this.pool.dispose();
  }

  private async process(
    photo: PhotoInput,
    lane: Lane,
    { again, onPartial, ...options }: ProcessOptions,
  ): Promise<CachedResult> {
    const begin = performance.now();
    const { signal } = options;
    const data = await photo.read(signal);
    const hash = await hashPhoto(data, lane, signal);
    // The same pixels may be of another width.
    const size = data.kind === 'pixels' ? `${data.width}x${data.height}` : `file ${data.bits ?? ''}`;
    const keyOf = (look: Look) => `${hash} ${size} ${this.threads} ${lookKey(look)} ${this.modelKey}`;
    // Its views may be those of another look.
    const begunKey = `${hash} ${size} ${this.threads} ${String(options.area)}`;
    const earlier = again ? [] : this.begun.get(begunKey);
    const known = again ? undefined : this.recall(options, keyOf);
    // Its times were counted when they passed.
    if (known) return { ...known, timing: { ...NO_TIME, total: performance.now() - begin } };
    const complete = ({ image, ...reply }: PhotoResult): CachedResult => ({
      image: { name: photo.name, ...image, hash },
      model: this.model,
      runtime: this.runtime,
      ...reply,
    });
    const result = complete(
      await this.run(data, lane, {
        ...options,
        earlier,
        onPartial: onPartial && ((partial) => onPartial(complete(partial))),
        onCancelled: (seen) => this.begun.keep(begunKey, seen),
      }),
    );
    this.remember(result, options, keyOf);
    if (result.input.detail === 'thorough') this.begun.forget(begunKey);
    return result;
  }

  /** A known result is what `auto` asks for if it chooses that detail wherever time doesn't matter. */
  private recall(look: Look, keyOf: (look: Look) => string): CachedResult | undefined {
    if (look.detail !== 'auto') return this.results.get(keyOf(look));
    for (const detail of ['thorough', 'fast'] as const) {
      const known = this.results.get(keyOf({ ...look, detail }));
      if (known && this.chooses(look, known) === detail) return known;
    }
    return undefined;
  }

  private chooses(look: Look, { image, input: { area } }: CachedResult): 'fast' | 'thorough' {
    const size = area ? { width: area[2], height: area[3] } : image;
    return chooseLayout(size, this.rule, look, () => undefined).layout.detail;
  }

  /** What falls short of what was asked for is forgotten, since another time there may be more memory, or less to do; but one view is one view. */
  private remember(result: CachedResult, look: Look, keyOf: (look: Look) => string): void {
    const { limitedBy, ...input } = result.input;
    const key = keyOf({ ...look, detail: input.detail });
    if (limitedBy === undefined || limitedBy === 'views') this.results.set(key, result);
    else if (input.detail === 'fast') this.results.set(key, { ...result, input });
  }

  private async run(data: PhotoData, lane: Lane, options: RunOptions): Promise<PhotoResult> {
    try {
      return await this.runPhoto(data, lane, options);
    } catch (error) {
      const isToBlame = await this.isPhotoToBlame(error, lane, options.signal);
      throw isToBlame ? photoAlone(error as InspectorError) : error;
    }
  }

  private async runPhoto(data: PhotoData, lane: Lane, options: RunOptions): Promise<PhotoResult> {
    const { pool, rule, limits, times } = this;
    const { signal, onCancelled } = options;
    const photoRun = new PhotoRun(data, lane, options, { pool, rule, limits, times });
    try {
      const result = await oneLargeAtATime(data, signal, () => photoRun.run());
      this.isProven = true;
      return result;
    } catch (error) {
      if (signal.aborted) onCancelled?.(photoRun.views);
      throw error;
    }
  }

  /**
   * Of a photo that ended its workers or took too long, whether the model works otherwise. One that has never been through
   * with a photo is tried on another, unless that may take as long again.
   */
  private async isPhotoToBlame(error: unknown, lane: Lane, signal: AbortSignal): Promise<boolean> {
    const isTooLong = error instanceof InspectorError && error.code === 'timed-out';
    if (signal.aborted || isFailedStart(error) || !(isCrash(error) || isTooLong)) return false;
    if (this.isProven || isTooLong) return this.isProven;
    try {
      await this.runPhoto(blankPhoto(), lane, { detail: 'fast', signal });
    } catch {
      // What it failed on first is what the caller hears of.
    }
    return this.isProven;
  }
}

const NO_TIME = { decode: 0, resample: 0, infer: 0, post: 0 };

const photoAlone = (error: InspectorError): InspectorError =>
  new InspectorError(
    { code: error.code, reason: 'photo-alone-fails', params: { why: error.data } },
    { cause: error },
  );

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
  return lane.call(async (api) => ({ ok: true, value: await api.hash(bytes) }), { signal });
}
