/** Workers that live in the test: no thread, no runtime, and every step under control. */
import type {
  InferenceWorkerApi,
  InspectReply,
  PhotoData,
  Result,
  StartReply,
  StartRequest,
} from '../../../src/detector/worker-api.js';
import { InspectorError, type ErrorCode } from '../../../src/core/errors.js';
import type { Progress } from '../../../src/core/types.js';
import type { ConnectWorker } from '../../../src/detector/worker-connection.js';
import { ResultCache } from '../../../src/detector/result-cache.js';
import type { Environment } from '../../../src/detector/open-detector.js';
import { METADATA } from '../model/onnx-builder.js';

export const failure = (code: ErrorCode, message: string = code): Result<never> => ({
  ok: false,
  error: { code, reason: 'foreign', params: { text: message } },
});

export const REPLY: InspectReply = {
  width: 40,
  height: 30,
  input: { width: 64, height: 64, scale: 1.5, tiles: 1, planned: 1, detail: 'fast' },
  detections: [],
  truncated: false,
  timing: { decode: 1, resample: 2, infer: 3, post: 4, total: 10 },
};

export function startReply(request: StartRequest, change: Partial<StartReply> = {}): Result<StartReply> {
  return {
    ok: true,
    value: {
      hash: 'a'.repeat(64),
      metadata: METADATA,
      threads: request.threads,
      ...(!['bytes', 'file'].includes(request.model.kind) && { bytes: new ArrayBuffer(8) }),
      ...change,
    },
  };
}

export class FakeWorker {
  readonly photos: PhotoData[] = [];
  readonly requests: StartRequest[] = [];
  terminated = false;
  private readonly crashing = new AbortController();
  readonly crashed = this.crashing.signal;
  readonly api: InferenceWorkerApi;

  constructor(behaviour: Behaviour, index: number) {
    this.api = {
      start: async (request, onProgress) => {
        this.requests.push(request);
        onProgress({ phase: 'starting' });
        return (await behaviour.start?.(request, this, index, onProgress)) ?? startReply(request);
      },
      inspect: async (photo) => {
        this.photos.push(photo);
        return (await behaviour.inspect?.(photo, this, index)) ?? { ok: true, value: REPLY };
      },
      hash: async () => 'hashed by the worker',
    };
  }

  crash(): void {
    this.crashing.abort(
      new InspectorError({ code: 'worker-crashed', reason: 'worker-stopped', params: { text: '' } }),
    );
  }

  terminate(): void {
    this.terminated = true;
  }
}

/** What a worker answers, by the order in which it was made; undefined stands for success. */
export interface Behaviour {
  start?(
    request: StartRequest,
    worker: FakeWorker,
    index: number,
    onProgress: (progress: Progress) => void,
  ): Result<StartReply> | undefined | Promise<Result<StartReply> | undefined>;
  inspect?(
    photo: PhotoData,
    worker: FakeWorker,
    index: number,
  ): Result<InspectReply> | undefined | Promise<Result<InspectReply> | undefined>;
}

export function fakeEnvironment(behaviour: Behaviour = {}) {
  const workers: FakeWorker[] = [];
  const connect: ConnectWorker = () => {
    const worker = new FakeWorker(behaviour, workers.length);
    workers.push(worker);
    return worker;
  };
  const environment: Environment = {
    connect,
    assets: {
      runtime: { wasm: 'https://example.test/a.wasm', mjs: 'https://example.test/a.mjs', bytes: 1 },
      catalogue: 'https://example.test/models/catalogue.json',
    },
    results: new ResultCache(1e6),
    cores: 8,
    crossOriginIsolated: true,
    slowness: 1,
  };
  return { environment, workers };
}

export const photo = (content: string) => new File([content], `${content}.jpg`, { type: 'image/jpeg' });
export const content = (data: PhotoData) =>
  new TextDecoder().decode(data.kind === 'file' ? data.bytes : data.data);

export function deferred<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

export const never = () => new Promise<undefined>(() => undefined);
