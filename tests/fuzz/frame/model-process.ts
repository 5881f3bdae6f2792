/** Reads model files and runs them, one after the other, in a process that can be ended. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { toErrorData } from '../../../src/core/errors.js';
import { inspectPhoto, type PhotoResult } from '../../../src/core/pipeline/inspect.js';
import { memorySource } from '../../../src/core/pipeline/pixels.js';
import { readModel } from '../../../src/model/metadata.js';
import { toInspectorError } from '../../../workers/runtime-error.js';
import { createSession, runNetwork, warmUp } from '../../../src/runtime/session.js';
import { workingModel } from '../../corpus/models.js';
import type { ProcessReport } from '../models.js';

const RUNTIME = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm');
const binary = new Uint8Array(await readFile(RUNTIME));
const [width, height] = [96, 64];
const data = Uint8Array.from({ length: width * height * 4 }, (_, i) => (i * 37) % 256);
const photo = { data, width, height };

async function run(bytes: Uint8Array<ArrayBuffer>, tell: (report: ProcessReport) => void): Promise<string> {
  const network = readModel(bytes);
  tell({ kind: 'read' });
  const session = await createSession(bytes, network.metadata, { binary, threads: 1 });
  try {
    await warmUp(session, network);
    const result = await inspectPhoto(photo, network, {
      decode: async () => memorySource(photo),
      run: (inputs) => runNetwork(session, inputs),
      now: () => performance.now(),
    });
    requirePossible(result);
    return result.detections.length > 0 ? 'defects found' : 'nothing found';
  } finally {
    await session.release();
  }
}

/** @throws {Error} where a detection can't be */
function requirePossible({ detections }: PhotoResult): void {
  for (const { score, box, area, classId, className } of detections) {
    const [x, y, w, h] = box;
    const isInside = x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= width && y + h <= height;
    if (!(score >= 0 && score <= 1 && isInside && area > 0 && classId >= 1 && className !== ''))
      throw new Error(
        `A detection that can't be: ${JSON.stringify({ score, box, area, classId, className })}`,
      );
  }
}

const tell = (report: ProcessReport): void => void process.send?.(report);

// Whoever has started it is gone.
process.on('disconnect', () => process.exit());
process.on('message', (bytes: Uint8Array<ArrayBuffer>) => {
  run(bytes, tell).then(
    (answer) => tell({ kind: 'answer', answer }),
    (cause: unknown) => {
      const error = toInspectorError(cause);
      // WebAssembly that has stopped, or an exception of C++ that nobody has caught, which is a number here.
      const isOfRuntime = cause instanceof WebAssembly.RuntimeError || typeof cause === 'number';
      if (error.code === 'worker-crashed' && !isOfRuntime) {
        tell({ kind: 'finding', finding: cause instanceof Error ? String(cause.stack) : String(cause) });
      } else tell({ kind: 'error', error: toErrorData(error), isOfRuntime });
    },
  );
});

// What comes first takes the runtime's compilation with it.
await run(workingModel(), () => undefined);
tell({ kind: 'ready' });
