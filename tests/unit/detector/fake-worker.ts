/** Workers that live in the test: no thread, no runtime, and every step under control. */
import type { CellView } from '../../../src/core/teach/cells.js';
import type { SeenView } from '../../../src/core/pipeline/found.js';
import type { PhotoResult } from '../../../src/core/pipeline/inspect.js';
import type { PlannedView } from '../../../src/core/pipeline/plan.js';
import type {
  InferenceWorkerApi,
  OpenedPhoto,
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

/** What comes of a photo that is seen in one view. */
export const REPLY: PhotoResult = {
  image: { width: 40, height: 30 },
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
      // A photo of 40 x 30 pixels becomes 60 x 45.
      metadata: { ...METADATA, input: { ...METADATA.input, shortSide: 45, maxUpscale: 1.5 } },
      threads: request.threads,
      ...(!['bytes', 'file'].includes(request.model.kind) && { bytes: new ArrayBuffer(8) }),
      ...change,
    },
  };
}

export class FakeWorker {
  readonly photos: PhotoData[] = [];
  readonly requests: StartRequest[] = [];
  readonly views: PlannedView[] = [];
  readonly closed: number[] = [];
  terminated = false;
  /** Of the photo that is open. */
  private key = 0;
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
      open: async (photo) => {
        this.photos.push(photo);
        const failed = await behaviour.open?.(photo);
        if (failed) return failed;
        const { width, height } = behaviour.size ?? REPLY.image;
        const { decode } = REPLY.timing;
        this.key = this.photos.length;
        return { ok: true, value: { key: this.key, width, height, decode } };
      },
      run: async (key, view) => {
        if (key !== this.key) return failure('worker-crashed', 'This photo is not open.');
        this.views.push(view);
        const photo = this.photos[key - 1]!;
        const result = (await behaviour.inspect?.(photo, this, index, view)) ?? { ok: true, value: REPLY };
        if (!result.ok) return result;
        const isClosed = behaviour.isWanted?.(view) ?? false;
        if (isClosed) this.key = 0;
        return { ok: true, value: { seen: seenView(view, result.value), isClosed } };
      },
      features: async (key, view) => {
        if (key !== this.key) return failure('worker-crashed', 'This photo is not open.');
        this.views.push(view);
        const failed = await behaviour.features?.(this.photos[key - 1]!, this, index);
        return failed ?? { ok: true, value: cellView(view) };
      },
      turnedFeatures: async (_key, view, _area, turn, places) => {
        this.views.push(view);
        const { cells, ...grid } = cellView(view);
        const values = new Uint16Array(places.length);
        const size = { width: cells.width, height: cells.height };
        return { ok: true, value: { ...grid, cells: size, turn, dims: 1, places, values } };
      },
      conclude: async (seen) => {
        const failed = await behaviour.conclude?.(seen, this, index);
        return (
          failed ?? { ok: true, value: { detections: [], truncated: seen.some(({ isCapped }) => isCapped) } }
        );
      },
      close: async (key) => {
        this.closed.push(key);
        if (key === this.key) this.key = 0;
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

const seenView = (view: PlannedView, { detections, timing, truncated }: PhotoResult): SeenView => ({
  view,
  found: detections.map(({ classId, score, mask, contours }) => ({ classId, score, region: mask, contours })),
  isCapped: truncated,
  unmasked: [],
  timing: { ...timing, total: timing.total - REPLY.timing.decode },
});

/** Cells of one number each. */
function cellView({ x, y, width, height, fit }: PlannedView): CellView {
  const [columns, rows] = [fit.paddedWidth / 8, fit.paddedHeight / 8];
  const cells = { width: columns, height: rows, dims: 1, values: new Uint16Array(columns * rows) };
  return { x, y, width, height, step: 8 / fit.scale, cells, mean: new Float32Array(1) };
}

/** What a worker answers, by the order in which it was made; undefined stands for success. */
export interface Behaviour {
  start?(
    request: StartRequest,
    worker: FakeWorker,
    index: number,
    onProgress: (progress: Progress) => void,
  ): Result<StartReply> | undefined | Promise<Result<StartReply> | undefined>;
  open?(photo: PhotoData): Result<never> | undefined | Promise<Result<never> | undefined>;
  inspect?(
    photo: PhotoData,
    worker: FakeWorker,
    index: number,
    view: PlannedView,
  ): Result<PhotoResult> | undefined | Promise<Result<PhotoResult> | undefined>;
  features?(photo: PhotoData, worker: FakeWorker, index: number): Promise<Result<never> | undefined>;
  conclude?(
    seen: readonly SeenView[],
    worker: FakeWorker,
    index: number,
  ): Result<never> | undefined | Promise<Result<never> | undefined>;
  /** Whether the memory of the photo is wanted elsewhere after a view. */
  isWanted?(view: PlannedView): boolean;
  /** Of every photo. */
  readonly size?: Pick<OpenedPhoto, 'width' | 'height'>;
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
    slowness: () => 1,
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
