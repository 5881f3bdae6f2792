/** Makes a session of a model with onnxruntime-web and runs it: the same for a browser's worker and a program. */
import * as ort from 'onnxruntime-web/wasm';
import type { NamedTensors, Network, PlainTensor } from '../core/families/family.js';
import { unsupported } from '../core/families/unsupported.js';
import { memorySource } from '../core/pipeline/pixels.js';
import type { ModelMetadata } from '../core/types.js';
import { refusal } from './refusal.js';

export type { InferenceSession } from 'onnxruntime-web/wasm';

/** A runtime with threads that isn't up by then never will be (ms). */
const INIT_TIMEOUT = 60_000;

/**
 * @param runtime the WebAssembly binary, and the address of the module that loads it, where that isn't part of the
 *   runtime's own
 */
export async function createSession(
  model: Uint8Array<ArrayBuffer>,
  metadata: ModelMetadata,
  runtime: { binary: Uint8Array<ArrayBuffer>; mjs?: string; threads: number },
): Promise<ort.InferenceSession> {
  ort.env.wasm.wasmBinary = runtime.binary;
  if (runtime.mjs !== undefined) ort.env.wasm.wasmPaths = { mjs: runtime.mjs };
  ort.env.wasm.numThreads = runtime.threads;
  ort.env.wasm.initTimeout = INIT_TIMEOUT;
  ort.env.logLevel = 'error';
  try {
    return await ort.InferenceSession.create(model, {
      executionProviders: ['wasm'],
      graphOptimizationLevel: 'all',
      // int8 weights become float again when the session is made; otherwise every run would pay for it.
      ...(metadata.quantisation === 'weights' && { extra: { session: { disable_quant_qdq: '1' } } }),
    });
  } catch (error) {
    throw refusal(error, true);
  }
}

/** @throws {InspectorError} 'model-unsupported' when the network gives a type of number that nobody can read */
export async function runNetwork(session: ort.InferenceSession, inputs: NamedTensors): Promise<NamedTensors> {
  const feeds: Record<string, ort.Tensor> = {};
  for (const [name, { type, data, dims }] of Object.entries(inputs)) {
    feeds[name] = new ort.Tensor(type, data, dims);
  }
  const results = await session.run(feeds).catch((error: unknown) => {
    throw refusal(error, false);
  });
  const outputs: Record<string, PlainTensor> = {};
  for (const [name, tensor] of Object.entries(results)) outputs[name] = toPlain(name, tensor);
  return outputs;
}

function toPlain(name: string, { type, data, dims }: ort.Tensor): PlainTensor {
  if (type === 'float32' || type === 'uint8' || type === 'int32' || type === 'int64') {
    // The runtime's own types don't tie the kind of array to the type of number.
    return { type, data, dims } as PlainTensor;
  }
  throw unsupported({ reason: 'output-unreadable', params: { output: name, type } });
}

/**
 * Runs a blank photo once, the smallest that the network takes: the browser compiles the runtime's functions when they
 * are first called. Measured on two cores, 0.3 s spent here take 0.4 s off the first photo; a larger one would cost
 * more than it saves.
 * @throws {InspectorError} 'model-unsupported' when the network fails
 */
export async function warmUp(session: ort.InferenceSession, network: Network): Promise<void> {
  if (!network.warmUp) return;
  const { width, height } = network.warmUp;
  const fit = { scale: 1, width, height, paddedWidth: width, paddedHeight: height };
  const pixels = memorySource({ data: new Uint8Array(width * height * 4), width, height });
  try {
    await runNetwork(session, network.prepare({ pixels, width, height, fit }));
  } catch (error) {
    throw refusal(error, true);
  }
}
