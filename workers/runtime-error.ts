import { InspectorError } from '../src/core/errors.js';
import { clipped, MAX_FOREIGN_TEXT } from '../src/core/limits.js';

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
    { code: 'worker-crashed', reason: 'runtime-failed', params: { text: clipped(text, MAX_FOREIGN_TEXT) } },
    { cause: error },
  );
}
