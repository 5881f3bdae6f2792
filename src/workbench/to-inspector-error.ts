import { InspectorError } from '../core/errors.js';

/** What nobody foresaw is said to be that. */
export function toInspectorError(cause: unknown): InspectorError {
  if (cause instanceof InspectorError) return cause;
  return new InspectorError({ code: 'worker-crashed', reason: 'unexpected' }, { cause });
}
