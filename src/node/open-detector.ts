/** The pipeline outside a browser: photos are decoded by sharp, the network runs in onnxruntime-web. */
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { NamedTensors } from '../core/families/family.js';
import { inspectPhoto, type InspectPhotoOptions } from '../core/pipeline/inspect.js';
import type { Inspection, ModelHints, ModelInfo } from '../core/types.js';
import { readModel } from '../model/metadata.js';
import { createSession, runNetwork, warmUp } from '../runtime/session.js';
import { decodePhoto } from './decode.js';

const RUNTIME = 'onnxruntime-web/ort-wasm-simd-threaded.wasm';

export interface NodeDetector {
  readonly model: ModelInfo;
  /** @param name of the photo in the result @throws {InspectorError} */
  inspect(bytes: Uint8Array, name: string, options?: InspectPhotoOptions): Promise<Inspection>;
  /** Gives the session's memory back. */
  dispose(): Promise<void>;
}

/** onnxruntime-web starts its threads with `fetch`, which in Node reads no files. */
const THREADS = 1;

/**
 * Opens a model file for a program.
 * @param path of the `.onnx` file
 * @param hints about what the file leaves open
 * @throws {InspectorError} 'model-unsupported', 'model-corrupt'
 */
export async function openNodeDetector(path: string, hints: ModelHints = {}): Promise<NodeDetector> {
  const bytes = new Uint8Array(await readFile(path));
  const network = readModel(bytes, hints);
  const { metadata } = network;
  const binary = new Uint8Array(await readFile(createRequire(import.meta.url).resolve(RUNTIME)));
  const session = await createSession(bytes, metadata, { binary, threads: THREADS });
  await warmUp(session, network);
  const { name, version, classes, license, domain } = metadata;
  const model: ModelInfo = {
    ...{ name, version, classes, license, hash: sha256(bytes) },
    ...(domain !== undefined && { domain }),
  };
  return {
    model,
    async inspect(photo, photoName, options) {
      const ports = {
        decode: decodePhoto,
        run: (inputs: NamedTensors) => runNetwork(session, inputs),
        now: () => performance.now(),
      };
      const { image, ...result } = await inspectPhoto(photo, network, ports, options);
      return {
        id: randomUUID(),
        image: { name: photoName, ...image, hash: sha256(photo) },
        model,
        runtime: { provider: 'node', threads: THREADS },
        ...result,
      };
    },
    dispose: () => session.release(),
  };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
