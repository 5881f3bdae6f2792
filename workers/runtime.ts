/** Loads onnxruntime-web and makes a session of a model. */
import * as ort from 'onnxruntime-web/wasm';
import { InspectorError } from '../src/core/errors.js';
import type { ModelMetadata } from '../src/core/types.js';
import type { StartRequest } from '../src/detector/worker-api.js';
import { download } from '../src/model/download.js';

/** A runtime with threads that isn't up by then never will be (ms). */
const INIT_TIMEOUT = 60_000;

/** A module with one function that needs SIMD: `() -> v128`, i32.const 0, i8x16.splat. */
const SIMD_MODULE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
];

/** @throws {InspectorError} 'no-webassembly' */
export function requireWebAssembly(): void {
  if (typeof WebAssembly === 'object' && WebAssembly.validate(new Uint8Array(SIMD_MODULE))) return;
  throw new InspectorError(
    'no-webassembly',
    'This browser has no WebAssembly with SIMD, or it is switched off. Use a current Chrome, Edge, Firefox or Safari.',
  );
}

/** The build ships the binary compressed, development as it is. @throws {InspectorError} 'offline' */
export async function downloadRuntime(
  { wasm, bytes }: StartRequest['runtime'],
  onProgress: (loaded: number, total: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const file = await download(wasm, { what: 'The program', missing: 'offline', total: bytes, onProgress });
  const isGzip = file[0] === 0x1f && file[1] === 0x8b;
  if (!isGzip) return file;
  const stream = new Blob([file]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export async function createSession(
  model: Uint8Array<ArrayBuffer>,
  metadata: ModelMetadata,
  runtime: { binary: Uint8Array<ArrayBuffer>; mjs: string; threads: number },
): Promise<ort.InferenceSession> {
  ort.env.wasm.wasmBinary = runtime.binary;
  ort.env.wasm.wasmPaths = { mjs: runtime.mjs };
  ort.env.wasm.numThreads = runtime.threads;
  ort.env.wasm.initTimeout = INIT_TIMEOUT;
  ort.env.logLevel = 'error';
  return ort.InferenceSession.create(model, {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all',
    // int8 weights become float again when the session is made; otherwise every run would pay for it.
    ...(metadata.quantisation === 'weights' && { extra: { session: { disable_quant_qdq: '1' } } }),
  });
}

export interface NetworkOutput {
  readonly boxes: Float32Array;
  readonly scores: Float32Array;
  readonly labels: Int32Array | BigInt64Array;
  readonly masks: Float32Array;
  readonly maskSize: number;
}

/** @param rgba [height, width, 4] */
export async function runNetwork(
  session: ort.InferenceSession,
  rgba: Uint8Array,
  width: number,
  height: number,
): Promise<NetworkOutput> {
  const { boxes, scores, labels, masks } = await session.run({
    image: new ort.Tensor('uint8', rgba, [height, width, 4]),
  });
  return {
    boxes: boxes!.data as Float32Array,
    scores: scores!.data as Float32Array,
    labels: labels!.data as Int32Array | BigInt64Array,
    masks: masks!.data as Float32Array,
    maskSize: masks!.dims.at(-1)!,
  };
}

/**
 * Runs a tiny blank photo once: the browser compiles the runtime's functions when they are first called. Measured on
 * two cores, 0.3 s spent here take 0.4 s off the first photo; a larger one would cost more than it saves.
 */
export async function warmUp(session: ort.InferenceSession, { input }: ModelMetadata): Promise<void> {
  const side = 2 * input.stride;
  await runNetwork(session, new Uint8Array(side * side * 4), side, side);
}
