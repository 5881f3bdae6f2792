import { toErrorData } from '../src/core/errors.js';
import type { Result } from '../src/detector/worker-api.js';
import { toInspectorError } from './runtime-error.js';

/** Every failure becomes a result with a code. What is not foreseen leaves the runtime in an unknown state. */
export async function toResult<T>(work: Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await work };
  } catch (error) {
    return { ok: false, error: toErrorData(toInspectorError(error)) };
  }
}
