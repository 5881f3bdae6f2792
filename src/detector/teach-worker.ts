/** The worker that describes a lesson's photos. */
import type { Size } from '../core/rect.js';
import type { ModelMetadata, Progress } from '../core/types.js';
import { LESSON_FEATURES, type LessonKind } from '../model/lesson-features.js';
import { isFailedStart, Lane } from './lane.js';
import type { Environment } from './open-detector.js';
import type { PhotoInput } from './photo-input.js';
import { spread } from './spread.js';
import { isCrash, startWorker, type StartedWorker } from './start-worker.js';
import { TimeLimits } from './time-limit.js';
import type { InferenceWorkerApi, Result } from './worker-api.js';

/** The model that sees the photos, and what it says of itself. */
export interface Detector {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** SHA-256, hex. */
  readonly hash: string;
  readonly metadata: ModelMetadata;
}

export type Call = <T>(work: (api: InferenceWorkerApi) => Promise<Result<T>>) => Promise<T>;

/** Started when it is first needed. */
export class FeaturesWorker {
  private started: StartedWorker | undefined;
  private readonly lane: Lane;
  private readonly limits: TimeLimits;

  constructor(
    kind: LessonKind,
    environment: Omit<Environment, 'results'>,
    onProgress: (progress: Progress) => void,
    private readonly signal: AbortSignal | undefined,
  ) {
    const { connect, assets } = environment;
    this.limits = new TimeLimits(undefined, environment.slowness);
    const request = {
      model: { kind: 'catalogue', catalogue: assets.catalogue },
      runtime: assets.runtime,
      threads: spread({}, environment).threads,
      features: LESSON_FEATURES[kind],
    } as const;
    this.lane = new Lane(async (abort) => {
      const worker = await startWorker(connect, request, { onProgress, signal: abort });
      this.started ??= worker;
      return worker.connection;
    });
  }

  readonly call: Call = (work) =>
    this.lane.call(work, { ...(this.signal && { signal: this.signal }), limit: this.limits.photo });

  async detector(): Promise<Detector> {
    await this.lane.call(async () => ({ ok: true, value: undefined }), {
      ...(this.signal && { signal: this.signal }),
    });
    const { metadata, bytes, hash } = this.started!.reply;
    return { metadata, hash, bytes: new Uint8Array(bytes!) };
  }

  /** Decodes a photo for as long as it is worked on. @throws {InspectorError} */
  async opened<T>(photo: PhotoInput, work: (size: Size, key: number) => Promise<T>): Promise<T> {
    try {
      return await this.open(photo, work);
    } catch (error) {
      // The worker that had it open is gone: the next one doesn't know the photo yet.
      if (!isCrash(error) || isFailedStart(error)) throw error;
      return this.open(photo, work);
    }
  }

  private async open<T>(photo: PhotoInput, work: (size: Size, key: number) => Promise<T>): Promise<T> {
    const data = await photo.read(this.signal);
    const { key, width, height } = await this.call((api) => api.open(data));
    try {
      return await work({ width, height }, key);
    } finally {
      await this.call(async (api) => {
        await api.close(key);
        return { ok: true, value: undefined };
      });
    }
  }

  dispose(): void {
    this.lane.dispose();
  }
}
