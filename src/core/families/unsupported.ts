import type { Reason } from '../../messages/error-text.js';
import { InspectorError } from '../errors.js';

/** @param reason what is wrong with the model */
export function unsupported(reason: Reason, cause?: unknown): InspectorError {
  return new InspectorError({ code: 'model-unsupported', ...reason }, { cause });
}
