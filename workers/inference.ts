/** The inference worker: a photo in, detections out. One runtime, one model and at most one photo per worker. */
import { expose, transfer } from 'comlink';
import type { NamedTensors, Network } from '../src/core/families/family.js';
import { readCells, readTurnedCells } from '../src/core/families/taught/cell-view.js';
import { turnInput } from '../src/core/families/taught/turn-input.js';
import { unsupported } from '../src/core/families/unsupported.js';
import { conclude, type ConcludeOptions, type Conclusion } from '../src/core/pipeline/conclude.js';
import type { SeenView } from '../src/core/pipeline/found.js';
import { cropSource, photoFacts } from '../src/core/pipeline/pixels.js';
import type { PlannedView } from '../src/core/pipeline/plan.js';
import { seeView } from '../src/core/pipeline/view.js';
import { InspectorError, toErrorData } from '../src/core/errors.js';
import type { CellView, Turn, TurnedView } from '../src/core/teach/cells.js';
import type { Box, Progress, Region } from '../src/core/types.js';
import type {
  InferenceWorkerApi,
  LookedAt,
  OpenedPhoto,
  PhotoData,
  StartReply,
  StartRequest,
} from '../src/detector/worker-api.js';
import { discard } from '../src/detector/photo/discard.js';
import type { OpenPhoto } from '../src/detector/photo/open-photo.js';
import { giveLifeSign } from '../src/detector/life-sign.js';
import { isPolicyRefused } from '../src/detector/trusted-types.js';
import { openModelCache } from '../src/model/cache.js';
import { sha256 } from '../src/model/hash.js';
import { loadModel } from '../src/model/load.js';
import type { FeaturesDesign } from '../src/model/onnx/features.js';
import { watchScript } from '../src/model/program.js';
import { createSession, runNetwork, warmUp, type InferenceSession } from '../src/runtime/session.js';
import { announceBegin, announceThreads } from './announce.js';
import { readPixels } from './photo.js';
import { downloadRuntime, requireWebAssembly } from './runtime.js';
import { toResult } from './to-result.js';

let engine:
  | { readonly session: InferenceSession; readonly network: Network; readonly features?: FeaturesDesign }
  | undefined;
let opened: { readonly key: number; readonly photo: OpenPhoto } | undefined;
let lastKey = 0;

async function start(request: StartRequest, onProgress: (progress: Progress) => void): Promise<StartReply> {
  const lifeSign = request.life === undefined ? undefined : giveLifeSign(request.life);
  const report = (phase: 'runtime' | 'model') => (loaded: number, total: number) =>
    onProgress({ phase, loaded, total });
  requireWebAssembly();
  const [binary, model] = await Promise.all([
    downloadRuntime(request.runtime, report('runtime')),
    openModelCache().then((cache) => loadModel(request.model, { cache, onProgress: report('model') })),
  ]);
  onProgress({ phase: 'starting' });
  // A host that has Trusted Types without ours lets this worker make no threads.
  const threads = crossOriginIsolated && !isPolicyRefused() ? request.threads : 1;
  const { network, hash, bytes } = model;
  const { metadata } = network;
  const { mjs } = request.runtime;
  announceThreads(mjs);
  const { features } = request;
  const graph = features ? await cutOut(bytes, features) : bytes;
  const session = await explained(mjs, () => createSession(graph, metadata, { binary, mjs, threads }));
  await warmUp(session, network);
  engine = { session, network, ...(features && { features }) };
  const notStored = await model.keep();
  return {
    hash,
    metadata,
    threads,
    // The client has what it sent.
    ...(request.model.kind !== 'bytes' && request.model.kind !== 'file' && { bytes: bytes.buffer }),
    ...(notStored && { notStored: toErrorData(notStored) }),
    holdsLife: (await lifeSign) ?? false,
  };
}

/** The part of the model that describes photos. @throws {InspectorError} 'model-unsupported' where it has none */
async function cutOut(model: Uint8Array, design: FeaturesDesign): Promise<Uint8Array<ArrayBuffer>> {
  // Rarely needed: whoever only inspects doesn't load it.
  const { cutFeatures } = await import('../src/model/onnx/features.js');
  try {
    return cutFeatures(model, design).file;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw unsupported({ reason: 'no-features' }, error);
  }
}

/** What fails because a script could not be run fails with the reason for that. */
async function explained<T>(script: string, work: () => Promise<T>): Promise<T> {
  const watch = watchScript(script);
  try {
    return await work();
  } catch (error) {
    const text = String(error);
    // As browsers say it of a script that could not be imported.
    if (/modul|SyntaxError/i.test(text)) await watch.explain(text);
    throw error;
  } finally {
    watch.stop();
  }
}

async function open(data: PhotoData): Promise<OpenedPhoto> {
  close(opened?.key);
  const begin = performance.now();
  const photo = await readPixels(data);
  const key = ++lastKey;
  opened = { key, photo };
  return { key, decode: performance.now() - begin, ...photoFacts(photo) };
}

function close(key: number | undefined): void {
  if (opened === undefined || opened.key !== key) return;
  opened.photo.close();
  opened = undefined;
}

async function run(key: number, view: PlannedView, area: Box): Promise<LookedAt> {
  if (!engine || opened?.key !== key) throw notStarted();
  const { session, network } = engine;
  const { photo } = opened;
  const seen = await seeView(cropSource(photo, area), view, network, {
    run: (inputs) => runOnce(session, inputs),
    now: () => performance.now(),
  });
  const isClosed = await photo.isWanted();
  if (isClosed) close(key);
  return { seen, isClosed };
}

/** The inputs are given back: left to the collector, those of many views gather. */
async function runOnce(session: InferenceSession, inputs: NamedTensors): Promise<NamedTensors> {
  const outputs = await runNetwork(session, inputs);
  for (const { data } of Object.values(inputs)) if (data.buffer instanceof ArrayBuffer) discard(data.buffer);
  return outputs;
}

async function describe(key: number, view: PlannedView, area: Box): Promise<CellView> {
  const { outputs, cell } = await seeFeatures(key, view, area);
  return readCells(outputs, view, cell);
}

async function describeTurned(
  key: number,
  view: PlannedView,
  area: Box,
  turn: Turn,
  places: Uint32Array,
): Promise<TurnedView> {
  const { outputs, cell } = await seeFeatures(key, view, area, turn);
  return readTurnedCells(outputs, view, cell, turn, places);
}

async function seeFeatures(key: number, view: PlannedView, area: Box, turn?: Turn) {
  if (!engine?.features || opened?.key !== key) throw notStarted();
  const { session, network, features } = engine;
  const { x, y, width, height, fit } = view;
  const pixels = cropSource(cropSource(opened.photo, area), [x, y, width, height]);
  const inputs = network.prepare({ pixels, width, height, fit });
  if (turn) turnInput(inputs, fit, turn);
  return { outputs: await runOnce(session, inputs), cell: features.cell };
}

async function concludeAll(
  seen: readonly SeenView[],
  area: Box,
  options: ConcludeOptions,
): Promise<Conclusion> {
  if (!engine) throw notStarted();
  return conclude(seen, area, engine.network, options);
}

const notStarted = () => new InspectorError({ code: 'worker-crashed', reason: 'worker-not-started' });

function buffersOf(
  shapes: readonly { readonly region: Region; readonly contours: readonly Float32Array[] }[],
) {
  const views = shapes.flatMap(({ region, contours }) => [region.counts, ...contours]);
  return [...new Set(views.map(({ buffer }) => buffer as ArrayBuffer))];
}

const api: InferenceWorkerApi = {
  async start(request, onProgress) {
    const result = await toResult(start(request, onProgress));
    return result.ok && result.value.bytes ? transfer(result, [result.value.bytes]) : result;
  },
  open: (photo) => toResult(open(photo)),
  async run(...view) {
    const result = await toResult(run(...view));
    return result.ok ? transfer(result, buffersOf(result.value.seen.found)) : result;
  },
  async features(...view) {
    const result = await toResult(describe(...view));
    if (!result.ok) return result;
    const { cells, mean } = result.value;
    return transfer(result, [cells.values.buffer, mean.buffer]);
  },
  async turnedFeatures(...view) {
    const result = await toResult(describeTurned(...view));
    return result.ok ? transfer(result, [result.value.values.buffer]) : result;
  },
  async conclude(...seen) {
    const result = await toResult(concludeAll(...seen));
    if (!result.ok) return result;
    const shapes = result.value.detections.map(({ mask, contours }) => ({ region: mask, contours }));
    return transfer(result, buffersOf(shapes));
  },
  close: async (key) => close(key),
  hash: (bytes) => sha256(bytes),
};

expose(api);
announceBegin();
