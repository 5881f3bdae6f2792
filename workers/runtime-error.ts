import { InspectorError } from '../src/core/errors.js';
import { clipped } from '../src/core/limits.js';

/** Characters of what the runtime says: it quotes names of the file, which may be of any length. */
const MOST_TEXT = 300;

/** Allocation failures of JavaScript, of C++ within the runtime, of Emscripten and of WebAssembly.memory.grow. */
const NO_MEMORY =
  /allocation|bad_alloc|out of memory|\bOOM\b|allocate memory|memory\.grow|array (buffer )?(length|size)/i;

/** Whatever a call has thrown, with a code. What is not foreseen leaves the runtime in an unknown state. */
export function toInspectorError(error: unknown): InspectorError {
  if (error instanceof InspectorError) return error;
  const text = String(error);
  if (NO_MEMORY.test(text)) {
    return new InspectorError({ code: 'out-of-memory', reason: 'not-enough-memory' }, { cause: error });
  }
  return new InspectorError(
    { code: 'worker-crashed', reason: 'runtime-failed', params: { text: clipped(text, MOST_TEXT) } },
    { cause: error },
  );
}
